package io.weir;

import io.weir.testkit.Privilege;
import org.junit.jupiter.api.BeforeAll;

/** Exactness on the machine the build runs on, with whatever hooks it allows. */
class ExactnessNativeIT extends ExactnessRows {
    @Override
    @BeforeAll
    void startAgent() throws java.io.IOException, InterruptedException {
        Privilege.assumeRoot();
        super.startAgent();
    }
}

package io.weir;

import io.weir.testkit.Privilege;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;

/** On this machine: flushed and gone within two seconds, with the settings everybody has. */
class LifecycleNativeIT extends LifecycleContract {
    @BeforeEach
    void needsRoot() {
        Privilege.assumeRoot();
    }

    @Override
    Duration stopLimit() {
        return Duration.ofSeconds(2);
    }
}

package io.weir;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** On an emulated processor only that it ends in good order; LifecycleNativeIT says how fast. */
@Tag("kernel")
class LifecycleKernelTest extends LifecycleContract {
    @Override
    Duration stopLimit() {
        return Duration.ofMinutes(1);
    }

    @Override
    List<String> closeTimeout() {
        return List.of("--close-timeout", "20s");
    }
}

package io.weir;

import java.util.Set;
import org.junit.jupiter.api.Tag;

/** Debian's kernels have every module. */
@Tag("kernel")
class SocketsKernelTest extends SocketsContract {
    @Override
    Set<String> congestionControls() {
        return Set.of("cubic", "reno", "bbr", "dctcp", "vegas");
    }
}

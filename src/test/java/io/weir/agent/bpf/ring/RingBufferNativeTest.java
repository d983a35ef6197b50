package io.weir.agent.bpf.ring;

import io.weir.agent.sys.Machine;
import org.junit.jupiter.api.condition.EnabledIf;

/** On the kernel we are built on; the lab's kernels need no root, this one does. */
@EnabledIf("isRoot")
class RingBufferNativeTest extends RingBufferScenarios {
    static boolean isRoot() {
        return Machine.effectiveUserId() == 0;
    }
}

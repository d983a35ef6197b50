package io.weir.agent.bpf;

import io.weir.config.Step;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

@Tag("kernel")
class StepsKernelTest {
    @Nested
    class Fentry extends StepsContract {
        @Override
        Step step() {
            return Step.FENTRY;
        }
    }

    /** Before 6.3 there is no sock_send_length: what it would tell comes with the next event. */
    @Nested
    class TpBtf extends StepsContract {
        @Override
        Step step() {
            return Step.TP_BTF;
        }
    }

    @Nested
    class SockOps extends StepsContract {
        @Override
        Step step() {
            return Step.SOCKOPS;
        }
    }

    /** In lockdown there are none: AttachPlanKernelTest shows that. */
    @Nested
    @Tag("unlocked")
    class Kprobe extends StepsContract {
        @Override
        Step step() {
            return Step.KPROBE;
        }
    }
}

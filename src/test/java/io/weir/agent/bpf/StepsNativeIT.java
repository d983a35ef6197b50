package io.weir.agent.bpf;

import io.weir.config.Step;
import org.junit.jupiter.api.Nested;

/** The steps that need neither kprobes nor fentry, on the kernel this build runs on. */
class StepsNativeIT {
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
}

package io.weir.agent;

import io.weir.agent.bpf.ProgramStats;
import io.weir.agent.bpf.TcpProbe;
import io.weir.agent.event.abi.TcpEventAbi;
import io.weir.record.LossCounters;

/**
 * What the kernel side could not tell: read by the ring reader thread, which alone may ask the probe,
 * and handed to the flow thread.
 */
final class KernelLosses {
    private final TcpProbe probe;
    private volatile LossCounters latest = LossCounters.NONE;

    KernelLosses(TcpProbe probe) {
        this.probe = probe;
    }

    /** Asks the kernel; ring reader thread. */
    void refresh() {
        long[] losses = probe.losses();
        long missed = 0;
        for (ProgramStats stats : probe.programStats()) {
            missed += stats.recursionMisses();
        }
        latest =
                LossCounters.ofKernel(
                        losses[TcpEventAbi.WEIR_LOSS_RING_ACTIVE()],
                        losses[TcpEventAbi.WEIR_LOSS_RING_OPEN()],
                        losses[TcpEventAbi.WEIR_LOSS_RING_CLOSE()],
                        losses[TcpEventAbi.WEIR_LOSS_PARK_FULL()],
                        losses[TcpEventAbi.WEIR_LOSS_NO_STATE()],
                        losses[TcpEventAbi.WEIR_LOSS_NO_COOKIE()],
                        losses[TcpEventAbi.WEIR_LOSS_LISTEN()],
                        missed);
    }

    /** As of the last refresh; any thread. */
    LossCounters latest() {
        return latest;
    }
}

package io.weir.agent;

import static java.lang.System.Logger.Level.WARNING;

import io.weir.agent.bpf.TcpProbe;
import io.weir.agent.bpf.ring.RingBufferReader;
import io.weir.agent.bpf.ring.RingCorruptedException;
import io.weir.agent.bpf.ring.RingPoller;
import java.time.Duration;

/**
 * What the ring reader thread does: waits for the kernel, hands its events on, and as a window ends
 * has the kernel tell what moved unreported.
 */
final class RingLoop {
    private static final System.Logger LOG = System.getLogger(RingLoop.class.getName());
    private static final int POLL_MS = 100;
    private static final long LOSSES_AGE_NS = 500_000_000;
    private static final long NS_PER_MS = 1_000_000;

    private final TcpProbe probe;
    private final Pipeline pipeline;
    private final KernelLosses losses;
    private final AgentClock clock;
    private final SampleQueue samples;
    private final long windowNs;
    private long windowEndNs;
    private long lossesReadNs;

    RingLoop(
            TcpProbe probe,
            Pipeline pipeline,
            KernelLosses losses,
            AgentClock clock,
            SampleQueue samples,
            Duration window) {
        this.probe = probe;
        this.pipeline = pipeline;
        this.losses = losses;
        this.clock = clock;
        this.samples = samples;
        this.windowNs = window.toNanos();
    }

    /** Runs until asked to stop, then takes out what the kernel still holds. */
    void run(StopSignal stop) {
        try (RingBufferReader ring = RingBufferReader.open(probe.ringFd(), probe.ringBytes());
                RingPoller poller = new RingPoller(ring, pipeline, POLL_MS)) {
            windowEndNs = nextWindowEnd(clock.monotonicNs());
            while (!stop.isRequested()) {
                turn(poller);
            }
            probe.sweep();
            poll(poller, 0);
            losses.refresh();
        }
    }

    private void turn(RingPoller poller) {
        long nowNs = clock.monotonicNs();
        long leftMs = (windowEndNs - nowNs) / NS_PER_MS;
        int dumped = samples.ready();
        poll(poller, Math.clamp(leftMs, 0, POLL_MS));
        samples.publish(dumped, pipeline); // what happened before they were read is known by now
        nowNs = clock.monotonicNs();
        if (nowNs - lossesReadNs >= LOSSES_AGE_NS) {
            lossesReadNs = nowNs;
            losses.refresh();
        }
        if (nowNs >= windowEndNs) {
            probe.sweep();
            poll(poller, 0);
            windowEndNs = nextWindowEnd(nowNs);
        }
        pipeline.tick(nowNs);
    }

    /** The ring first, for what is parked is younger than what kept it out. */
    private void poll(RingPoller poller, int waitMs) {
        try {
            poller.poll(waitMs);
        } catch (RingCorruptedException senseless) {
            LOG.log(WARNING, "the ring made no sense and was skipped: {0}", senseless.getMessage());
        }
        probe.drainParked(pipeline);
    }

    private long nextWindowEnd(long nowNs) {
        long wallNs = nowNs + clock.wallOffsetNs();
        return nowNs + windowNs - Math.floorMod(wallNs, windowNs);
    }
}

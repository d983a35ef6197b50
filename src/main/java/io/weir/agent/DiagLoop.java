package io.weir.agent;

import java.time.Duration;

/** What the main thread does where there are no hooks: hands on what the poller found. */
final class DiagLoop {
    private static final Duration TURN = Duration.ofMillis(100);

    private final Pipeline pipeline;
    private final AgentClock clock;
    private final SampleQueue samples;

    DiagLoop(Pipeline pipeline, AgentClock clock, SampleQueue samples) {
        this.pipeline = pipeline;
        this.clock = clock;
        this.samples = samples;
    }

    /** Runs until asked to stop. */
    void run(StopSignal stop) {
        try {
            while (!stop.await(TURN)) {
                samples.publish(samples.ready(), pipeline);
                pipeline.tick(clock.monotonicNs());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

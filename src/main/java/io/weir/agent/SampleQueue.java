package io.weir.agent;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Chunks of samples between two threads: the poller fills, the ring reader publishes. When none is free
 * the poller waits, so memory is bounded and nothing is dropped.
 */
final class SampleQueue {
    private static final int CHUNKS = 8;

    private final BlockingQueue<SampleChunk> free = new ArrayBlockingQueue<>(CHUNKS);
    private final BlockingQueue<SampleChunk> ready = new ArrayBlockingQueue<>(CHUNKS);

    SampleQueue() {
        for (int i = 0; i < CHUNKS; i++) {
            free.add(new SampleChunk());
        }
    }

    /**
     * An empty chunk; poller.
     *
     * @throws InterruptedException if the poller is to stop
     */
    SampleChunk take() throws InterruptedException {
        return free.take();
    }

    /** A filled one; poller. */
    void put(SampleChunk chunk) {
        ready.add(chunk);
    }

    /**
     * How many are ready; ring reader. What they say is younger than the events it drained before it
     * asked, and older than those it drains after.
     */
    int ready() {
        return ready.size();
    }

    /** Publishes the oldest; ring reader. */
    void publish(int chunks, Pipeline pipeline) {
        for (int i = 0; i < chunks; i++) {
            SampleChunk chunk = ready.remove();
            chunk.publish(pipeline);
            chunk.clear();
            free.add(chunk);
        }
    }
}

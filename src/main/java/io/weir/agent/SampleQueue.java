package io.weir.agent;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;

/**
 * Chunks of samples between two threads: the poller fills, the ring reader publishes. When none is free
 * the poller waits, so memory is bounded and nothing is dropped.
 */
final class SampleQueue {
    private static final int CHUNKS = 8;

    private final BlockingQueue<SampleChunk> free = new ArrayBlockingQueue<>(CHUNKS + 1);
    private final BlockingQueue<SampleChunk> ready = new ArrayBlockingQueue<>(CHUNKS);
    private volatile boolean stopped;

    SampleQueue() {
        for (int i = 0; i < CHUNKS; i++) {
            free.add(new SampleChunk());
        }
    }

    /**
     * An empty chunk; poller.
     *
     * @throws CancellationException if nobody publishes any more
     */
    SampleChunk take() {
        try {
            SampleChunk chunk = free.take();
            if (!stopped) {
                return chunk;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new CancellationException("the agent stops");
    }

    /** A filled one; poller. */
    void put(SampleChunk chunk) {
        ready.add(chunk);
    }

    /**
     * How many are ready; ring reader. What they say is older than the events it drains after it
     * asked.
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

    /** Lets a waiting poller go: nobody publishes any more. */
    void stop() {
        stopped = true;
        free.add(new SampleChunk());
    }

    boolean isStopped() {
        return stopped;
    }
}

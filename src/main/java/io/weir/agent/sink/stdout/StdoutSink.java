package io.weir.agent.sink.stdout;

import io.weir.agent.sink.FlowSink;
import io.weir.record.FlowRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Writes records to a stream, a batch in one write, from a thread of its own: a slow reader fills
 * the queue and never holds up the flow thread.
 */
public final class StdoutSink implements FlowSink {
    private static final System.Logger LOG = System.getLogger(StdoutSink.class.getName());
    private static final int MAX_BATCH = 512;
    private static final long IDLE_MS = 50;

    private final ArrayBlockingQueue<FlowRecord> queue;
    private final RecordText text;
    private final OutputStream out;
    private final Duration closeTimeout;
    private final Consumer<RuntimeException> onFailure;
    private final Thread writer;
    private volatile boolean closing;
    private volatile boolean broken;

    /**
     * Starts the writer.
     *
     * @param out unbuffered, else a broken pipe is noticed late; not closed by this sink
     * @param capacity records that may wait
     * @param closeTimeout how long {@link #close} waits for them to be written
     * @param onFailure told once, by the writer, if no record can be written any more: an {@link
     *     OutputClosedException} if the stream is the reason
     */
    public StdoutSink(
            OutputStream out,
            RecordText text,
            int capacity,
            Duration closeTimeout,
            Consumer<RuntimeException> onFailure) {
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.text = text;
        this.out = out;
        this.closeTimeout = closeTimeout;
        this.onFailure = onFailure;
        this.writer = Thread.ofPlatform().name("weir-stdout").daemon().start(this::write);
    }

    @Override
    public boolean offer(FlowRecord record) {
        return !closing && !broken && queue.offer(record);
    }

    private void write() {
        List<FlowRecord> records = new ArrayList<>(MAX_BATCH);
        try {
            while (take(records)) {
                records.forEach(text::append);
                records.clear();
                text.writeTo(out);
            }
        } catch (IOException e) {
            fail(new OutputClosedException(e));
        } catch (InterruptedException e) {
            fail(new IllegalStateException("the writer of stdout was interrupted", e));
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void fail(RuntimeException cause) {
        broken = true;
        queue.clear();
        onFailure.accept(cause);
    }

    /** Waits for records; false once the sink is closing and the queue is empty. */
    private boolean take(List<FlowRecord> records) throws InterruptedException {
        while (true) {
            boolean last = closing;
            FlowRecord first = queue.poll(last ? 0 : IDLE_MS, TimeUnit.MILLISECONDS);
            if (first != null) {
                records.add(first);
                queue.drainTo(records, MAX_BATCH - 1);
                return true;
            }
            if (last) {
                return false;
            }
        }
    }

    @Override
    public void close() {
        closing = true;
        try {
            if (!writer.join(closeTimeout) && !broken) {
                broken = true;
                LOG.log(
                        System.Logger.Level.WARNING,
                        "stdout took too long: about {0} records were not written",
                        queue.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.weir.agent.bpf.ring;

import io.weir.agent.sys.Epoll;
import io.weir.agent.sys.EventFd;

/**
 * Waits for the kernel to wake us and drains the ring. One thread polls; {@link #stop()} and {@link
 * #close()} may come from any other, and end a wait at once. Close it before the reader.
 */
public final class RingPoller implements AutoCloseable {

    private final RingBufferReader reader;
    private final RecordHandler handler;
    private final int timeoutMs;
    private final Epoll epoll;
    private final EventFd wakeUp;
    private volatile boolean stopped;
    private boolean closed;

    /**
     * @param timeoutMs the longest a record waits when its program asked for no wake-up
     */
    public RingPoller(RingBufferReader reader, RecordHandler handler, int timeoutMs) {
        this.reader = reader;
        this.handler = handler;
        this.timeoutMs = timeoutMs;
        this.epoll = Epoll.create();
        this.wakeUp = EventFd.create();
        try {
            epoll.add(reader.mapFd());
            epoll.add(wakeUp.fd());
        } catch (RuntimeException refused) {
            close();
            throw refused;
        }
    }

    /**
     * Waits for at most the timeout and drains what is there, woken or not.
     *
     * @return records handed out
     */
    public int poll() {
        return poll(timeoutMs);
    }

    /** {@link #poll()} with a timeout of its own; 0 drains without waiting. */
    public synchronized int poll(int waitMs) {
        if (closed) {
            return 0;
        }
        epoll.await(stopped ? 0 : waitMs);
        return reader.drain(handler);
    }

    /** Polls until stopped, then hands out what the ring still holds. */
    public void run() {
        while (!stopped) {
            poll();
        }
        poll();
    }

    public boolean stopped() {
        return stopped;
    }

    /** Ends a wait now and all later ones; the thread that polls then drains once more. */
    public void stop() {
        stopped = true;
        wakeUp.signal();
    }

    /** Stops, waits for a running poll to end, and gives the descriptors back. */
    @Override
    public void close() {
        stop();
        synchronized (this) {
            if (!closed) {
                closed = true;
                epoll.close();
                wakeUp.close();
            }
        }
    }
}

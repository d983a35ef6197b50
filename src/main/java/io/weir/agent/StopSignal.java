package io.weir.agent;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The request to stop measuring: by a signal, by {@code --duration}, or because nobody can read
 * the records any more. Any thread may ask, any number may wait; the first reason counts.
 */
public final class StopSignal {
    private final CountDownLatch requested = new CountDownLatch(1);
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private volatile Duration grace = Duration.ZERO;

    /** Stop in good order. */
    public void request() {
        requested.countDown();
    }

    /** Stop because of {@code cause}, which the command then reports; later ones are ignored. */
    public void fail(RuntimeException cause) {
        if (!isRequested() && failure.compareAndSet(null, cause)) {
            requested.countDown();
        }
    }

    /** Whether to stop; cheap enough for every turn of a loop. */
    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Waits until asked to stop. */
    public void await() throws InterruptedException {
        requested.await();
    }

    /**
     * Waits until asked to stop, or for {@code timeout}.
     *
     * @return whether to stop
     */
    public boolean await(Duration timeout) throws InterruptedException {
        return requested.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * How long stopping may take before the process is ended all the same; zero while nobody heeds
     * this signal.
     */
    public Duration grace() {
        return grace;
    }

    /** Says that the signal is heeded from now on, and how long that may take. */
    public void setGrace(Duration grace) {
        this.grace = grace;
    }

    /** Why, if it was not in good order. */
    public Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure.get());
    }
}

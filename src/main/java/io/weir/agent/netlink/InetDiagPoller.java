package io.weir.agent.netlink;

import io.weir.agent.proc.NamespaceFinder;
import io.weir.agent.proc.NetworkNamespace;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Looks at every TCP socket of every network namespace, again and again.
 *
 * <p>One platform thread of its own goes from namespace to namespace and calls the handler; other
 * threads may {@link #pollNow}, read {@link #stats} and {@link #close}. Between two rounds it holds no
 * namespace but its own; what fails is counted and tried again in the next round.
 */
public final class InetDiagPoller implements AutoCloseable {
    private static final String NAME = "weir-diag";

    /** Longer than the kernel takes for one answer. */
    private static final Duration JOIN = Duration.ofSeconds(5);

    /** So that the agents of a cluster do not all poll in the same moment. */
    private static final double JITTER = 0.1;

    private final NamespaceFinder finder;
    private final DumpSettings settings;
    private final Supplier<Duration> interval;
    private final SocketHandler handler;
    private final Consumer<Throwable> onFailure;
    private final Semaphore wanted = new Semaphore(1);
    private final Thread thread = Thread.ofPlatform().name(NAME).daemon().unstarted(this::run);
    private volatile boolean stopped;
    private volatile PollStats stats = PollStats.NONE;

    /**
     * @param interval from the start of one round to the start of the next, give or take a tenth;
     *     asked before each round; longer if rounds take more than half of it
     * @param handler called by the polling thread
     * @param onFailure told, by the polling thread, why polling ended by itself: the handler threw,
     *     or the thread cannot leave a namespace ({@link NamespaceLostException})
     */
    public InetDiagPoller(
            NamespaceFinder finder,
            DumpSettings settings,
            Supplier<Duration> interval,
            SocketHandler handler,
            Consumer<Throwable> onFailure) {
        this.finder = finder;
        this.settings = settings;
        this.interval = interval;
        this.handler = handler;
        this.onFailure = onFailure;
    }

    /** Begins with a round at once. */
    public InetDiagPoller start() {
        thread.start();
        return this;
    }

    /**
     * One round on a thread of its own; returns when it is over.
     *
     * @param wanted which namespaces to look into
     */
    public static PollStats once(
            NamespaceFinder finder,
            Predicate<NetworkNamespace> wanted,
            DumpSettings settings,
            AnswerTap tap,
            SocketHandler handler) {
        FutureTask<PollStats> task =
                new FutureTask<>(() -> {
                    try (NamespaceSweep sweep =
                            new NamespaceSweep(finder, settings, tap, () -> false)) {
                        sweep.round(wanted, handler);
                        return sweep.stats();
                    }
                });
        Thread.ofPlatform().name(NAME).daemon().start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while polling", e);
        }
    }

    private void run() {
        try (NamespaceSweep sweep =
                new NamespaceSweep(finder, settings, AnswerTap.NONE, () -> stopped)) {
            long nextNs = System.nanoTime();
            while (awaitTurn(nextNs)) {
                long startNs = System.nanoTime();
                sweep.round(namespace -> true, handler);
                stats = sweep.stats();
                nextNs = next(startNs, System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            onFailure.accept(e);
        }
    }

    /** Never busy for more than half of the time, however many sockets there are. */
    private long next(long startNs, long endNs) {
        return Math.max(startNs + jittered(), endNs + (endNs - startNs));
    }

    private long jittered() {
        double factor = 1 + ThreadLocalRandom.current().nextDouble(-JITTER, JITTER);
        return (long) (interval.get().toNanos() * factor);
    }

    /** Waits for the next round, or until one is wanted; false once stopped. */
    private boolean awaitTurn(long nextNs) throws InterruptedException {
        boolean asked = wanted.tryAcquire(nextNs - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (asked) {
            wanted.drainPermits();
        }
        return !stopped;
    }

    /** Asks for a round as soon as the running one, if any, is over. */
    public void pollNow() {
        wanted.release();
    }

    /** As of the end of the last round. */
    public PollStats stats() {
        return stats;
    }

    /** Stops, in the middle of a round if need be, and waits for the thread. Idempotent. */
    @Override
    public void close() {
        stopped = true;
        wanted.release();
        try {
            if (thread.isAlive()) {
                thread.join(JOIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

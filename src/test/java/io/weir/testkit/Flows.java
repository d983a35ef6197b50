package io.weir.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What an agent has told so far, by connection. One thread adds, another asks and waits. */
public final class Flows {
    private static final long PAUSE_NS = 50_000_000;

    private final Map<FlowLine.Identity, SeenConnection> byIdentity = new HashMap<>();
    private final Map<Ends, List<SeenConnection>> byEnds = new HashMap<>();
    private Map<String, Long> losses = Map.of();
    private long lines;
    private boolean ended;

    private record Ends(Endpoint local, Endpoint remote) {}

    synchronized void add(FlowLine line) {
        SeenConnection seen = byIdentity.get(line.identity());
        if (seen == null) {
            seen = new SeenConnection();
            byIdentity.put(line.identity(), seen);
            byEnds.computeIfAbsent(new Ends(line.local(), line.remote()), e -> new ArrayList<>())
                    .add(seen);
        }
        seen.add(line);
        losses = line.losses();
        lines++;
    }

    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Ends seen with these addresses, whatever their role. */
    public synchronized List<SeenConnection> between(Endpoint local, Endpoint remote) {
        return List.copyOf(byEnds.getOrDefault(new Ends(local, remote), List.of()));
    }

    /** The same, and of this role. */
    public List<SeenConnection> between(String role, Endpoint local, Endpoint remote) {
        return between(local, remote).stream()
                .filter(seen -> role.equals(seen.last().role()))
                .toList();
    }

    /** Ends told without a port, which no connection is. */
    public synchronized List<SeenConnection> withoutPort() {
        return byIdentity.values().stream()
                .filter(seen -> seen.last().local().port() == 0 || seen.last().remote().port() == 0)
                .toList();
    }

    /** Loss counters of the newest record, since the agent started. */
    public synchronized Map<String, Long> losses() {
        return losses;
    }

    /** Records so far. */
    public synchronized long lines() {
        return lines;
    }

    /**
     * Waits for the records to satisfy a condition. Asking holds the adding thread up: the next time
     * comes after thrice the time this one took.
     *
     * @return whether they did in time
     */
    public synchronized boolean await(Duration limit, Predicate<Flows> condition)
            throws InterruptedException {
        long deadlineNs = System.nanoTime() + limit.toNanos();
        while (true) {
            long askedNs = System.nanoTime();
            boolean satisfied = condition.test(this);
            long nowNs = System.nanoTime();
            if (satisfied || ended || nowNs >= deadlineNs) {
                return satisfied;
            }
            pauseUntil(Math.min(deadlineNs, nowNs + Math.max(PAUSE_NS, 3 * (nowNs - askedNs))));
        }
    }

    private void pauseUntil(long untilNs) throws InterruptedException {
        for (long leftNs = untilNs - System.nanoTime();
                leftNs > 0 && !ended;
                leftNs = untilNs - System.nanoTime()) {
            wait(Math.max(1, leftNs / 1_000_000));
        }
    }
}

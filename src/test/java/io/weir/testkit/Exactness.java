package io.weir.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Holds the agent's records against the truth of one row, end by end.
 *
 * <p>For every connection: one client and one server end and no other, opened once and closed once,
 * every window's bytes and the last total equal to what TCP carried, the right end.
 */
public final class Exactness {
    private static final Set<String> HARMLESS = Set.of("hookMissed", "late", "listen");
    private static final int SHOWN = 12;

    private final Flows flows;
    private final List<Truth> truths;
    private final List<String> problems = new ArrayList<>();
    private int ends;
    private Tally truth = Tally.NONE;
    private Tally seen = Tally.NONE;

    private Exactness(Flows flows, List<Truth> truths) {
        this.flows = flows;
        this.truths = truths;
    }

    /** Compares what is there now. */
    public static Exactness of(Flows flows, List<Truth> truths) {
        Exactness exactness = new Exactness(flows, truths);
        truths.forEach(exactness::compare);
        return exactness;
    }

    /** Whether every end of every connection has its closing record. */
    public static boolean allClosed(Flows flows, List<Truth> truths) {
        return new Closes(truths).areComplete(flows);
    }

    /** Looks for the closing records of many connections; what was found once is not sought again. */
    private static final class Closes {
        private final List<Truth> truths;
        private int found;

        Closes(List<Truth> truths) {
            this.truths = truths;
        }

        boolean areComplete(Flows flows) {
            while (found < truths.size() && closed(flows, truths.get(found))) {
                found++;
            }
            return found == truths.size();
        }
    }

    /** Ends of these connections whose close an event told; a poll finds those it did not. */
    public static long closedEnds(Flows flows, List<Truth> truths) {
        return truths.stream()
                .flatMap(truth ->
                        Stream.of(
                                flows.between(truth.clientEnd(), truth.serverEnd()),
                                flows.between(truth.serverEnd(), truth.clientEnd())))
                .filter(Exactness::closed)
                .filter(seen -> !"UNSEEN".equals(seen.getFirst().last().closeKind()))
                .count();
    }

    private static boolean closed(Flows flows, Truth truth) {
        return closed(flows.between("CLIENT", truth.clientEnd(), truth.serverEnd()))
                && (truth.server() == null
                        || closed(flows.between("SERVER", truth.serverEnd(), truth.clientEnd())));
    }

    private static boolean closed(List<SeenConnection> seen) {
        return seen.stream().anyMatch(connection -> connection.closed() > 0);
    }

    private void compare(Truth expected) {
        compareEnd(
                expected, "CLIENT", expected.clientEnd(), expected.serverEnd(), expected.client());
        if (expected.server() == null) {
            check(
                    flows.between(expected.serverEnd(), expected.clientEnd()).isEmpty(),
                    () -> "a server end of a connection that never was: " + expected);
        } else {
            compareEnd(
                    expected,
                    "SERVER",
                    expected.serverEnd(),
                    expected.clientEnd(),
                    expected.server());
        }
    }

    private void compareEnd(
            Truth expected, String role, Endpoint local, Endpoint remote, Tally wire) {
        ends++;
        truth = truth.plus(wire);
        List<SeenConnection> found = flows.between(local, remote);
        for (SeenConnection connection : found) {
            seen = seen.plus(connection.sum());
        }
        String end = "%s %s -> %s".formatted(role, local, remote);
        if (found.size() != 1) {
            problems.add(end + ": seen " + found.size() + " times: " + found);
            return;
        }
        compareConnection(end, expected, role, wire, found.getFirst());
    }

    private void compareConnection(
            String end, Truth expected, String role, Tally wire, SeenConnection connection) {
        FlowLine last = connection.last();
        equal(end, "role", last.role(), role);
        equal(end, "sum of the windows", connection.sum(), wire);
        equal(end, "last total", last.total(), wire);
        equal(end, "records marked opened", connection.opened(), 1);
        equal(end, "records marked closed", connection.closed(), 1);
        equal(end, "closed in the last record", last.closed(), true);
        equal(end, "adopted", last.adopted(), false);
        equal(end, "failure", last.failure(), expected.failure());
        equal(end, "state", last.state(), "CLOSE");
        if (expected.closeKind() != null) {
            equal(end, "closeKind", last.closeKind(), expected.closeKind());
        }
        if (expected.closedBy() != null) {
            boolean own = expected.closedBy().equals(role);
            equal(end, "closedBy", last.closedBy(), own ? "LOCAL" : "REMOTE");
        }
    }

    private void equal(String end, String what, Object seen, Object expected) {
        boolean same = expected == null ? seen == null : expected.equals(seen);
        check(same, () -> "%s: %s: expected %s, saw %s".formatted(end, what, expected, seen));
    }

    private void check(boolean ok, Supplier<String> problem) {
        if (!ok) {
            problems.add(problem.get());
        }
    }

    /** What differs; empty if nothing does. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** Fails if anything differs, showing the first differences. */
    public void verify() {
        if (problems.isEmpty()) {
            return;
        }
        List<String> shown = problems.subList(0, Math.min(SHOWN, problems.size()));
        throw new AssertionError(
                "%d differences in %d connections; losses %s%n%s"
                        .formatted(
                                problems.size(),
                                truths.size(),
                                flows.losses(),
                                String.join(System.lineSeparator(), shown)));
    }

    /** Connections of the row. */
    public int connections() {
        return truths.size();
    }

    /** Ends of connections compared. */
    public int ends() {
        return ends;
    }

    /** Bytes both directions of both ends together, as they were. */
    public long truthBytes() {
        return truth.sum();
    }

    /** The same as the agent saw them. */
    public long seenBytes() {
        return seen.sum();
    }

    /** Events which did not make it in time, since the agent started. */
    public static long lostEvents(Map<String, Long> losses) {
        return losses.entrySet().stream()
                .filter(loss -> !HARMLESS.contains(loss.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Waits until all ends are closed, then for a second window to bring what is too much. */
    public static Exactness await(Flows flows, List<Truth> truths, Duration limit)
            throws InterruptedException {
        flows.await(limit, new Closes(truths)::areComplete);
        flows.await(Duration.ofMillis(1200), seen -> false);
        return of(flows, truths);
    }
}

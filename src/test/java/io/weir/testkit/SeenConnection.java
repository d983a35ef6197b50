package io.weir.testkit;

import java.util.ArrayList;
import java.util.List;

/** One end of one connection as the agent told it, over all its records. */
public final class SeenConnection {
    private final List<FlowLine> lines = new ArrayList<>();
    private Tally sum = Tally.NONE;
    private int opened;
    private int closed;

    void add(FlowLine line) {
        if (!lines.isEmpty() && !sameEnds(line)) {
            throw new IllegalArgumentException(
                    "one connection, two pairs of ends: " + last() + " and " + line);
        }
        lines.add(line);
        sum = sum.plus(line.window());
        opened += line.opened() ? 1 : 0;
        closed += line.closed() ? 1 : 0;
    }

    private boolean sameEnds(FlowLine line) {
        return line.local().equals(last().local()) && line.remote().equals(last().remote());
    }

    public FlowLine last() {
        return lines.getLast();
    }

    public List<FlowLine> lines() {
        return List.copyOf(lines);
    }

    /** All windows together. */
    public Tally sum() {
        return sum;
    }

    /** Records marked {@code opened}. */
    public int opened() {
        return opened;
    }

    /** Records marked {@code closed}. */
    public int closed() {
        return closed;
    }

    @Override
    public String toString() {
        FlowLine last = last();
        return "%s %s -> %s in netns %d, cookie %d: %d records, %s, %s"
                .formatted(
                        last.role(),
                        last.local(),
                        last.remote(),
                        last.identity().netns(),
                        last.identity().cookie(),
                        lines.size(),
                        sum,
                        last.state());
    }
}

package io.weir.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** BPF programs, maps and links alive in the kernel, whoever holds them. */
public final class BpfIds {
    private BpfIds() {}

    /** Such as {@code program 12}, {@code map 3}, {@code link 9}. */
    public static Set<String> all() throws IOException, InterruptedException {
        Commands.Result result =
                Commands.run(List.of(Distribution.testProgram("bpf-ids").toString()));
        if (!result.ok()) {
            throw new IOException(result.output());
        }
        Set<String> ids = new HashSet<>(result.output().lines().toList());
        ids.remove("");
        return ids;
    }

    /** What is there now and was not then. */
    public static Set<String> allBut(Set<String> then) throws IOException, InterruptedException {
        Set<String> ids = all();
        ids.removeAll(then);
        return ids;
    }

    /**
     * Waits for these to go: the kernel frees a moment later.
     *
     * @return what is still there at the limit
     */
    public static Set<String> awaitFreed(Set<String> ids, Duration limit)
            throws IOException, InterruptedException {
        long deadlineNs = System.nanoTime() + limit.toNanos();
        Set<String> left = stillThere(ids);
        while (!left.isEmpty() && System.nanoTime() < deadlineNs) {
            Thread.sleep(50);
            left = stillThere(ids);
        }
        return left;
    }

    private static Set<String> stillThere(Set<String> ids)
            throws IOException, InterruptedException {
        Set<String> there = all();
        there.retainAll(ids);
        return there;
    }
}

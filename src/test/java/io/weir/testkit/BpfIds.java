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

    /**
     * Waits for what came after {@code known} to go: the kernel frees a moment later.
     *
     * @return what is still there at the limit
     */
    public static Set<String> awaitOnly(Set<String> known, Duration limit)
            throws IOException, InterruptedException {
        long deadlineNs = System.nanoTime() + limit.toNanos();
        Set<String> more = minus(all(), known);
        while (!more.isEmpty() && System.nanoTime() < deadlineNs) {
            Thread.sleep(50);
            more = minus(all(), known);
        }
        return more;
    }

    private static Set<String> minus(Set<String> ids, Set<String> known) {
        Set<String> more = new HashSet<>(ids);
        more.removeAll(known);
        return more;
    }
}

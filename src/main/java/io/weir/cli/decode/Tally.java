package io.weir.cli.decode;

import java.util.Map;
import java.util.TreeMap;

/** Counts by name, in the names' natural order. */
final class Tally<K extends Comparable<K>> {
    private final Map<K, long[]> counts = new TreeMap<>();

    void add(K name) {
        add(name, 1);
    }

    void add(K name, long more) {
        counts.computeIfAbsent(name, absent -> new long[1])[0] += more;
    }

    long of(K name) {
        long[] count = counts.get(name);
        return count == null ? 0 : count[0];
    }

    Iterable<K> names() {
        return counts.keySet();
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }
}

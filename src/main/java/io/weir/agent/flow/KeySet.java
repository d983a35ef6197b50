package io.weir.agent.flow;

import java.util.Arrays;

/** A set of connections; grows, is cleared as a whole, and keeps its memory. Flow thread. */
final class KeySet {
    private static final int INITIAL_CAPACITY = 1 << 8;
    private static final int WORDS = 4; // hash, netns, cookie, openNs

    private long[] words = new long[INITIAL_CAPACITY * WORDS];
    private int size;

    int size() {
        return size;
    }

    boolean contains(long hash, long netns, long cookie, long openNs) {
        if (size == 0) {
            return false;
        }
        int at = placeOf(hash, netns, cookie, openNs);
        return words[at] != 0;
    }

    /** Whether any connection of a socket is in the set. */
    boolean containsSocket(long hash, long netns, long cookie) {
        int mask = words.length - 1;
        for (int at = ((int) hash * WORDS) & mask; words[at] != 0; at = (at + WORDS) & mask) {
            if (words[at] == hash && words[at + 1] == netns && words[at + 2] == cookie) {
                return true;
            }
        }
        return false;
    }

    void add(long netns, long cookie, long openNs) {
        if (2 * (size + 1) > words.length / WORDS) {
            grow();
        }
        put(Keys.hash(netns, cookie), netns, cookie, openNs);
    }

    void clear() {
        if (size > 0) {
            Arrays.fill(words, 0);
            size = 0;
        }
    }

    private void put(long hash, long netns, long cookie, long openNs) {
        int at = placeOf(hash, netns, cookie, openNs);
        if (words[at] == 0) {
            words[at] = hash;
            words[at + 1] = netns;
            words[at + 2] = cookie;
            words[at + 3] = openNs;
            size++;
        }
    }

    /** Where the key is, or the empty place where it would be. */
    private int placeOf(long hash, long netns, long cookie, long openNs) {
        int mask = words.length - 1;
        int at = ((int) hash * WORDS) & mask;
        while (words[at] != 0
                && (words[at] != hash
                        || words[at + 1] != netns
                        || words[at + 2] != cookie
                        || words[at + 3] != openNs)) {
            at = (at + WORDS) & mask;
        }
        return at;
    }

    private void grow() {
        long[] before = words;
        words = new long[2 * before.length];
        size = 0;
        for (int at = 0; at < before.length; at += WORDS) {
            if (before[at] != 0) {
                put(before[at], before[at + 1], before[at + 2], before[at + 3]);
            }
        }
    }
}

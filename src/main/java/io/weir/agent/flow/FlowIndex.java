package io.weir.agent.flow;

import java.util.function.Consumer;

/**
 * Finds a flow by its connection: open addressing, linear probing, no tombstones.
 *
 * <p>Hashes lie apart from the flows, so that a probe touches no flow but the one it finds. Doubles
 * when half full; never shrinks. Flow thread.
 */
final class FlowIndex {
    private static final int INITIAL_CAPACITY = 1 << 10;

    private long[] hashes = new long[INITIAL_CAPACITY];
    private Flow[] flows = new Flow[INITIAL_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    /** The flow of a connection, null if it is not known. */
    Flow find(long hash, long netns, long cookie, long openNs) {
        int mask = hashes.length - 1;
        for (int i = (int) hash & mask; hashes[i] != 0; i = (i + 1) & mask) {
            if (hashes[i] == hash && flows[i].isOf(netns, cookie, openNs)) {
                return flows[i];
            }
        }
        return null;
    }

    /** The connection of a socket that is not closed, whenever it was opened; null if none is. */
    Flow findOpen(long hash, long netns, long cookie) {
        int mask = hashes.length - 1;
        for (int i = (int) hash & mask; hashes[i] != 0; i = (i + 1) & mask) {
            Flow flow = flows[i];
            if (hashes[i] == hash && flow.cookie == cookie && flow.netns == netns && !flow.closed) {
                return flow;
            }
        }
        return null;
    }

    /** Whether any connection of a socket is here, a closed one included. */
    boolean hasSocket(long hash, long netns, long cookie) {
        int mask = hashes.length - 1;
        for (int i = (int) hash & mask; hashes[i] != 0; i = (i + 1) & mask) {
            if (hashes[i] == hash && flows[i].cookie == cookie && flows[i].netns == netns) {
                return true;
            }
        }
        return false;
    }

    /** Calls for every flow; the visitor adds and removes none. */
    void forEach(Consumer<Flow> visitor) {
        for (Flow flow : flows) {
            if (flow != null) {
                visitor.accept(flow);
            }
        }
    }

    /** Adds a flow whose connection is not known yet. */
    void add(long hash, Flow flow) {
        if (2 * (size + 1) > hashes.length) {
            grow();
        }
        put(hash, flow);
        size++;
    }

    void remove(Flow flow) {
        long hash = Keys.hash(flow.netns, flow.cookie);
        int mask = hashes.length - 1;
        int hole = (int) hash & mask;
        while (flows[hole] != flow) {
            hole = (hole + 1) & mask;
        }
        for (int i = (hole + 1) & mask; hashes[i] != 0; i = (i + 1) & mask) {
            int home = (int) hashes[i] & mask;
            if (((i - home) & mask) >= ((i - hole) & mask)) {
                hashes[hole] = hashes[i];
                flows[hole] = flows[i];
                hole = i;
            }
        }
        hashes[hole] = 0;
        flows[hole] = null;
        size--;
    }

    private void put(long hash, Flow flow) {
        int mask = hashes.length - 1;
        int i = (int) hash & mask;
        while (hashes[i] != 0) {
            i = (i + 1) & mask;
        }
        hashes[i] = hash;
        flows[i] = flow;
    }

    private void grow() {
        long[] oldHashes = hashes;
        Flow[] oldFlows = flows;
        hashes = new long[2 * oldHashes.length];
        flows = new Flow[hashes.length];
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldHashes[i] != 0) {
                put(oldHashes[i], oldFlows[i]);
            }
        }
    }
}

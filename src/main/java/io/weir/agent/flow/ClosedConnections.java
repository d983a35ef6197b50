package io.weir.agent.flow;

/**
 * Connections whose last record has left, remembered for one to two windows: a report which comes
 * after the close must not open them again.
 *
 * <p>Two generations; the older is forgotten at a window's end, or sooner when the younger has
 * reached its bound. Flow thread.
 */
final class ClosedConnections {
    private final int bound;
    private KeySet young = new KeySet();
    private KeySet old = new KeySet();

    /** @param bound connections per generation */
    ClosedConnections(int bound) {
        this.bound = bound;
    }

    boolean contains(long hash, long netns, long cookie, long openNs) {
        return young.contains(hash, netns, cookie, openNs)
                || old.contains(hash, netns, cookie, openNs);
    }

    boolean containsSocket(long hash, long netns, long cookie) {
        return young.containsSocket(hash, netns, cookie) || old.containsSocket(hash, netns, cookie);
    }

    void add(long netns, long cookie, long openNs) {
        if (young.size() >= bound) {
            onWindowEnd();
        }
        young.add(netns, cookie, openNs);
    }

    void onWindowEnd() {
        KeySet forgotten = old;
        forgotten.clear();
        old = young;
        young = forgotten;
    }
}

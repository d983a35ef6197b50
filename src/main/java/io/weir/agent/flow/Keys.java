package io.weir.agent.flow;

/**
 * Hashes the socket of a connection: network namespace and cookie. Not the opening, which a sample of
 * {@code inet_diag} does not know; the few sockets that connect again share a chain.
 */
final class Keys {
    private static final long ODD1 = 0x9e37_79b9_7f4a_7c15L;
    private static final long ODD2 = 0xc2b2_ae3d_27d4_eb4fL;

    private Keys() {}

    /** Never 0, which stands for an empty place. */
    static long hash(long netns, long cookie) {
        long mixed = cookie * ODD1 + netns * ODD2;
        mixed ^= mixed >>> 32;
        mixed *= ODD1;
        mixed ^= mixed >>> 29;
        return mixed == 0 ? 1 : mixed;
    }
}

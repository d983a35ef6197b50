package io.weir.agent.netlink;

/**
 * Numbers in a message, unsigned. A message is copied to the heap before it is read: that is six
 * times faster than reading each field where it was received, because each such read brings its own
 * checks.
 *
 * <p>The copy is an array of words in memory's own order, little-endian: netlink aligns headers and
 * attributes to four bytes, and a VarHandle over bytes is so much code per read that the compiler
 * gives up inlining a hundred of them. {@code base} is counted in words, {@code at} in bytes from
 * there, and no number of 1, 2 or 4 bytes crosses words.
 */
final class Bytes {
    private static final long LOW = 0xffff_ffffL;

    private Bytes() {}

    static int u8(int[] words, int base, int at) {
        return (words[base + (at >> 2)] >>> ((at & 3) << 3)) & 0xff;
    }

    static int u16(int[] words, int base, int at) {
        return (words[base + (at >> 2)] >>> ((at & 3) << 3)) & 0xffff;
    }

    static long u32(int[] words, int base, int at) {
        return words[base + (at >> 2)] & LOW;
    }

    static long i64(int[] words, int base, int at) {
        int word = base + (at >> 2);
        return ((long) words[word + 1] << Integer.SIZE) | (words[word] & LOW);
    }

    static int networkU16(int[] words, int base, int at) {
        return Short.toUnsignedInt(Short.reverseBytes((short) u16(words, base, at)));
    }

    static long networkU32(int[] words, int base, int at) {
        return Integer.reverseBytes(words[base + (at >> 2)]) & LOW;
    }

    static long networkI64(int[] words, int base, int at) {
        return Long.reverseBytes(i64(words, base, at));
    }
}

package io.weir.agent.netlink;

import java.util.Arrays;

/**
 * Where the attributes of a message, or of a nest, are: {@code struct nlattr}. Found in one pass; of
 * two with the same type the last counts, as in {@code lib/nlattr.c:nla_parse}.
 */
final class Attributes {
    /** The bits of {@code nla_type} that are its number: {@code NLA_TYPE_MASK}. */
    private static final int TYPE_MASK = 0x3fff;

    private static final int HEADER = 4;
    private static final int ALIGNMENT = 4;

    /** No socket of TCP has as many attributes; the layout of one which has is not remembered. */
    private static final int REMEMBERED = 24;

    private static final int NOTHING = -1;

    /** By type: where the attribute's header is, and in the lower half its length with it; else 0. */
    private final long[] places = new long[Long.SIZE];

    private final int[] foundWord = new int[REMEMBERED];
    private final int[] foundHeader = new int[REMEMBERED];
    private int foundCount;
    private int foundFrom;
    private int foundTo = NOTHING;
    private boolean used;

    private int[] words;
    private long seen;
    private int beyond;

    /**
     * Finds all attributes of a range.
     *
     * @param from in bytes, divisible by four
     * @param origin where the bytes came from, for faults
     * @return whether anything is elsewhere than before, or of another length
     * @throws MalformedNetlinkException if one does not lie within the range
     */
    boolean find(int[] words, long origin, int from, int to) {
        this.words = words;
        if (from == foundFrom && to == foundTo && isLaidOutAsBefore(words)) {
            return false;
        }
        clear();
        used = true;
        int index = 0;
        long found = 0;
        int others = 0;
        int at = from;
        while (at < to) {
            int left = to - at;
            if (left < HEADER) {
                throw tooFew(origin + at, left);
            }
            int header = words[at >> 2];
            int length = header & 0xffff;
            int type = (header >>> 16) & TYPE_MASK;
            if (length < HEADER || length > left) {
                throw wrongLength(origin + at, type, length, left);
            }
            if (index < REMEMBERED) {
                foundWord[index] = at >> 2;
                foundHeader[index] = header;
            }
            index++;
            if (type < Long.SIZE) {
                found |= 1L << type;
                places[type] = ((long) at << Integer.SIZE) | length;
            } else {
                others++;
            }
            at += (length + ALIGNMENT - 1) & -ALIGNMENT;
        }
        seen = found;
        beyond = others;
        if (index <= REMEMBERED) {
            foundCount = index;
            foundFrom = from;
            foundTo = to;
        }
        return true;
    }

    /**
     * Whether every attribute begins with the same four bytes at the same place as in the range
     * before, as most sockets of a dump do. To know this is five times faster than to find them: no
     * look depends on the one before.
     */
    private boolean isLaidOutAsBefore(int[] words) {
        int different = 0;
        for (int i = 0; i < foundCount; i++) {
            different |= words[foundWord[i]] ^ foundHeader[i];
        }
        return different == 0;
    }

    private static MalformedNetlinkException tooFew(long at, int left) {
        return new MalformedNetlinkException(
                at, left + " bytes are left, less than an attribute's header");
    }

    private static MalformedNetlinkException wrongLength(long at, int type, int length, int left) {
        return new MalformedNetlinkException(
                at,
                "attribute "
                        + type
                        + " has length "
                        + length
                        + ", not one from 4 to the "
                        + left
                        + " bytes left");
    }

    /** No attribute at all. */
    void clear() {
        if (!used) {
            return;
        }
        used = false;
        Arrays.fill(places, 0);
        seen = 0;
        beyond = 0;
        foundTo = NOTHING;
    }

    boolean has(int type) {
        return ((seen >>> type) & 1) != 0;
    }

    /** Whether the attribute is there and reaches over so many bytes. */
    boolean has(int type, int bytes) {
        return (int) places[type] >= HEADER + bytes;
    }

    /** Bit n: an attribute of type n is there; n below 64. */
    long seen() {
        return seen;
    }

    /** How many had types above 63. */
    int beyond() {
        return beyond;
    }

    /** Bytes of an attribute's value, 0 if it is absent. */
    int length(int type) {
        return Math.max(0, (int) places[type] - HEADER);
    }

    /** Offset of a value that is there. */
    int offset(int type) {
        return (int) (places[type] >>> Integer.SIZE) + HEADER;
    }

    /** The same in words. */
    int word(int type) {
        return (int) (places[type] >>> (Integer.SIZE + 2)) + 1;
    }

    /** An unsigned byte, -1 if it is absent or shorter. */
    int u8(int type) {
        return has(type, Byte.BYTES) ? Bytes.u8(words, word(type), 0) : -1;
    }

    /** Two bytes unsigned, -1 if they are absent or shorter. */
    int u16(int type) {
        return u16(type, 0);
    }

    int u16(int type, int at) {
        return has(type, at + Short.BYTES) ? Bytes.u16(words, word(type), at) : -1;
    }

    /** Four bytes unsigned, -1 if they are absent or shorter. */
    long u32(int type) {
        return u32(type, 0);
    }

    long u32(int type, int at) {
        return has(type, at + Integer.BYTES) ? Bytes.u32(words, word(type), at) : -1;
    }

    /** Eight bytes, 0 if they are absent or shorter. */
    long u64(int type) {
        return has(type, Long.BYTES) ? Bytes.i64(words, word(type), 0) : 0;
    }

    /** The first 16 bytes up to a NUL or the attribute's end; empty if it is absent. */
    String text(int type, Names names) {
        int length = Math.min(length(type), Names.MAX_BYTES);
        long first = 0;
        long second = 0;
        for (int i = 0; i < length; i++) {
            long letter = Bytes.u8(words, word(type), i);
            if (letter == 0) {
                break;
            }
            if (i < Long.BYTES) {
                first |= letter << (i * Byte.SIZE);
            } else {
                second |= letter << ((i - Long.BYTES) * Byte.SIZE);
            }
        }
        return names.of(first, second);
    }
}

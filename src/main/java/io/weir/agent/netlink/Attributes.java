package io.weir.agent.netlink;

import static java.lang.Byte.toUnsignedInt;
import static java.lang.Integer.toUnsignedLong;
import static java.lang.Short.toUnsignedInt;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/**
 * Where the attributes of a message, or of a nest, are: {@code struct nlattr}. Found in one pass; of
 * two with the same type the last counts, as in {@code lib/nlattr.c:nla_parse}.
 */
final class Attributes {
    /** The bits of {@code nla_type} that are its number: {@code NLA_TYPE_MASK}. */
    private static final int TYPE_MASK = 0x3fff;

    private static final int HEADER = 4;
    private static final int ALIGNMENT = 4;

    private final int[] offsets = new int[Long.SIZE];
    private final int[] lengths = new int[Long.SIZE];
    private MemorySegment memory;
    private long base;
    private long seen;
    private int beyond;

    /**
     * Finds all attributes of a range.
     *
     * @param base what the range is relative to
     * @throws MalformedNetlinkException if one does not lie within the range
     */
    void find(MemorySegment memory, long base, int from, int to) {
        this.memory = memory;
        this.base = base;
        seen = 0;
        beyond = 0;
        int at = from;
        while (at < to) {
            int left = to - at;
            if (left < HEADER) {
                throw tooFew(at, left);
            }
            int header = memory.get(JAVA_INT_UNALIGNED, base + at);
            int length = header & 0xffff;
            int type = (header >>> 16) & TYPE_MASK;
            if (length < HEADER || length > left) {
                throw wrongLength(at, type, length, left);
            }
            if (type < Long.SIZE) {
                seen |= 1L << type;
                offsets[type] = at + HEADER;
                lengths[type] = length - HEADER;
            } else {
                beyond++;
            }
            at += (length + ALIGNMENT - 1) & -ALIGNMENT;
        }
    }

    private MalformedNetlinkException tooFew(int at, int left) {
        return new MalformedNetlinkException(
                base + at, left + " bytes are left, less than an attribute's header");
    }

    private MalformedNetlinkException wrongLength(int at, int type, int length, int left) {
        return new MalformedNetlinkException(
                base + at,
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
        seen = 0;
        beyond = 0;
    }

    boolean has(int type) {
        return ((seen >>> type) & 1) != 0;
    }

    /** Whether the attribute is there and reaches over so many bytes. */
    boolean has(int type, int bytes) {
        return has(type) && lengths[type] >= bytes;
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
        return has(type) ? lengths[type] : 0;
    }

    /** Offset of a value that is there, from the base. */
    int offset(int type) {
        return offsets[type];
    }

    /** An unsigned byte, -1 if it is absent or shorter. */
    int u8(int type) {
        return has(type, Byte.BYTES)
                ? toUnsignedInt(memory.get(JAVA_BYTE, base + offsets[type]))
                : -1;
    }

    /** Two bytes unsigned, -1 if they are absent or shorter. */
    int u16(int type) {
        return u16(type, 0);
    }

    int u16(int type, int at) {
        return has(type, at + Short.BYTES)
                ? toUnsignedInt(memory.get(JAVA_SHORT_UNALIGNED, base + offsets[type] + at))
                : -1;
    }

    /** Four bytes unsigned, -1 if they are absent or shorter. */
    long u32(int type) {
        return u32(type, 0);
    }

    long u32(int type, int at) {
        return has(type, at + Integer.BYTES)
                ? toUnsignedLong(memory.get(JAVA_INT_UNALIGNED, base + offsets[type] + at))
                : -1;
    }

    /** Eight bytes, 0 if they are absent or shorter. */
    long u64(int type) {
        return has(type, Long.BYTES) ? memory.get(JAVA_LONG_UNALIGNED, base + offsets[type]) : 0;
    }

    /** The first 16 bytes up to a NUL or the attribute's end; empty if it is absent. */
    String text(int type, Names names) {
        int length = Math.min(length(type), Names.MAX_BYTES);
        long first = 0;
        long second = 0;
        for (int i = 0; i < length; i++) {
            long letter = toUnsignedInt(memory.get(JAVA_BYTE, base + offsets[type] + i));
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

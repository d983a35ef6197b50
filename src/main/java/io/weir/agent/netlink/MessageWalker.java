package io.weir.agent.netlink;

import static java.lang.Byte.toUnsignedInt;
import static java.lang.Integer.toUnsignedLong;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * Goes from message to message through what one receive call brought: {@code struct nlmsghdr}, of
 * {@code include/uapi/linux/netlink.h}.
 *
 * <p>Usage: {@link #wrap}, then {@link #next} until {@link Kind#END}; the other methods tell of the
 * message {@link #next} came to. One thread; allocates nothing.
 */
public final class MessageWalker {
    /** Bytes of {@code struct nlmsghdr}. */
    public static final int HEADER = 16;

    /** {@code SOCK_DIAG_BY_FAMILY}: requests for sockets, and the sockets. */
    public static final int SOCK_DIAG_BY_FAMILY = 20;

    /** {@code TCPDIAG_GETSOCK}: the same of either family at once, as before Linux 3.3. */
    public static final int TCPDIAG_GETSOCK = 18;

    private static final int ALIGNMENT = 4;
    private static final long SEQUENCE = 8;
    private static final long PORT_ID = 12;
    private static final int NLMSG_NOOP = 1;
    private static final int NLMSG_ERROR = 2;
    private static final int NLMSG_DONE = 3;
    private static final int NLMSG_OVERRUN = 4;
    private static final int NLM_F_REQUEST = 1;
    private static final int NLM_F_DUMP_INTR = 16;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;

    /** What a message is. */
    public enum Kind {
        /** An IPv4 or IPv6 socket: for {@link SocketView}. */
        SOCKET,
        /** What somebody asked the kernel; seen in captures. */
        REQUEST,
        /** A dump's end; {@link #errno()} tells whether a good one. */
        DONE,
        /** The kernel's refusal, or with {@link #errno()} 0 its acknowledgement. */
        ERROR,
        /** To be passed over: {@code NLMSG_NOOP}. */
        NOOP,
        /** Messages were lost: {@code NLMSG_OVERRUN}. */
        OVERRUN,
        /** Another type of message, or a socket that is no internet socket. */
        FOREIGN,
        /** There is no further message. */
        END
    }

    private MemorySegment memory;
    private long offset;
    private int length;
    private int type;
    private int flags;
    private long next;
    private long end;
    private boolean interrupted;

    /** Points this walker before the first message of a received buffer. */
    public MessageWalker wrap(MemorySegment memory, long offset, long length) {
        Objects.checkFromIndexSize(offset, length, memory.byteSize());
        this.memory = memory;
        this.offset = offset;
        this.length = 0;
        next = offset;
        end = offset + length;
        interrupted = false;
        return this;
    }

    /**
     * Goes to the next message.
     *
     * @throws MalformedNetlinkException if the message does not lie within the buffer
     */
    public Kind next() {
        long left = end - next;
        if (left <= 0) {
            length = 0;
            return Kind.END;
        }
        if (left < HEADER) {
            throw new MalformedNetlinkException(
                    next, left + " bytes are left, less than a message's header");
        }
        // Length, type and flags in one read, little-endian: each read brings its own checks.
        long start = memory.get(JAVA_LONG_UNALIGNED, next);
        long claimed = start & 0xffff_ffffL;
        if (claimed < HEADER || claimed > left) {
            throw new MalformedNetlinkException(
                    next,
                    "a message has length "
                            + claimed
                            + ", not one from 16 to the "
                            + left
                            + " bytes left");
        }
        offset = next;
        length = (int) claimed;
        type = (int) (start >>> 32) & 0xffff;
        flags = (int) (start >>> 48);
        next += (claimed + ALIGNMENT - 1) & -ALIGNMENT;
        interrupted |= (flags & NLM_F_DUMP_INTR) != 0;
        return kind();
    }

    private Kind kind() {
        return switch (type) {
            case SOCK_DIAG_BY_FAMILY, TCPDIAG_GETSOCK -> {
                if ((flags & NLM_F_REQUEST) != 0) {
                    yield Kind.REQUEST;
                }
                int family = length > HEADER ? family() : AF_INET;
                yield family == AF_INET || family == AF_INET6 ? Kind.SOCKET : Kind.FOREIGN;
            }
            case NLMSG_DONE -> Kind.DONE;
            case NLMSG_ERROR -> {
                if (length < HEADER + Integer.BYTES) {
                    throw new MalformedNetlinkException(
                            offset, "an error message has length " + length + ", less than 20");
                }
                yield Kind.ERROR;
            }
            case NLMSG_NOOP -> Kind.NOOP;
            case NLMSG_OVERRUN -> Kind.OVERRUN;
            default -> Kind.FOREIGN;
        };
    }

    private int family() {
        return toUnsignedInt(memory.get(JAVA_BYTE, offset + HEADER));
    }

    /** Where the message's header begins in the memory. */
    public long offset() {
        return offset;
    }

    /** Bytes of the message, header included: {@code nlmsg_len}. */
    public int length() {
        return length;
    }

    /** {@code nlmsg_type}. */
    public int type() {
        return type;
    }

    /** {@code nlmsg_flags}. */
    public int flags() {
        return flags;
    }

    /** The request's number, which its answers bear: {@code nlmsg_seq}. */
    public long sequence() {
        return toUnsignedLong(memory.get(JAVA_INT_UNALIGNED, offset + SEQUENCE));
    }

    /** The netlink socket which asked: {@code nlmsg_pid}. */
    public long portId() {
        return toUnsignedLong(memory.get(JAVA_INT_UNALIGNED, offset + PORT_ID));
    }

    /** Of {@link Kind#ERROR} and {@link Kind#DONE}: what went wrong, positive; 0 nothing. */
    public int errno() {
        return length < HEADER + Integer.BYTES
                ? 0
                : Math.max(0, -memory.get(JAVA_INT_UNALIGNED, offset + HEADER));
    }

    /**
     * Whether any message since {@link #wrap} said that the kernel's table changed during the dump,
     * which may then lack or repeat sockets: {@code NLM_F_DUMP_INTR}.
     */
    public boolean isInterrupted() {
        return interrupted;
    }
}

package io.weir.agent.netlink;

/** Bytes which no kernel sends: where in them, and what is wrong. */
public final class MalformedNetlinkException extends RuntimeException {
    private final long offset;

    /**
     * @param offset of the faulty header or field in the memory that was read
     * @param what a clause, such as {@code attribute 2 has length 3, less than its header}
     */
    public MalformedNetlinkException(long offset, String what) {
        super(what);
        this.offset = offset;
    }

    /** Offset of the faulty header or field in the memory that was read. */
    public long offset() {
        return offset;
    }
}

package io.weir.agent.netlink.capture;

/** A capture is damaged, or is none: where in the file, and what is wrong there. */
public final class CaptureException extends RuntimeException {
    private final long offset;
    private final String what;

    /**
     * @param offset in the file
     * @param what a clause without a full stop
     */
    public CaptureException(long offset, String what) {
        super("at byte " + offset + ": " + what);
        this.offset = offset;
        this.what = what;
    }

    /** Offset in the file. */
    public long offset() {
        return offset;
    }

    /** A clause without a full stop. */
    public String what() {
        return what;
    }
}

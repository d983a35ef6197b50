package io.weir.agent.sys;

/** The kernel or a native library refused a call: which one, with what, and why. */
public final class SystemCallException extends RuntimeException {
    private final String call;
    private final int errno;

    /**
     * @param call the function as in its manual page, such as {@code epoll_ctl}
     * @param arguments what it was given, readable; may be empty
     * @param errno positive, as in {@link Errno}
     */
    public SystemCallException(String call, String arguments, int errno) {
        super(call + "(" + arguments + "): " + Errno.name(errno));
        this.call = call;
        this.errno = errno;
    }

    public String call() {
        return call;
    }

    /** Positive; compare with {@link Errno}'s constants. */
    public int errno() {
        return errno;
    }
}

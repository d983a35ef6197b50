package io.weir.agent.netlink;

/** The polling thread cannot return to its own network namespace, and must not go on. */
public final class NamespaceLostException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NamespaceLostException(Throwable cause) {
        super("the polling thread cannot return to its own network namespace", cause);
    }
}

package io.weir.cli.decode;

import io.weir.agent.netlink.capture.CaptureException;

/** A file given to {@code weir decode} is damaged, or is no capture. */
public final class InvalidCaptureException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param file as the operator named it */
    public InvalidCaptureException(String file, CaptureException cause) {
        super(file + " is not a whole capture: " + cause.getMessage(), cause);
    }
}

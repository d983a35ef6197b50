package io.weir.agent.sink.stdout;

import java.io.IOException;

/** Nobody can read the records any more: the other end of the pipe is gone, or the disk is full. */
public final class OutputClosedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param cause what the system said */
    public OutputClosedException(IOException cause) {
        super(cause);
    }

    /** What the system said, such as {@code Broken pipe}. */
    public String reason() {
        return getCause().getMessage();
    }

    /** Whether the reader went away, as opposed to a disk that is full. */
    public boolean isBrokenPipe() {
        return "Broken pipe".equals(reason());
    }
}

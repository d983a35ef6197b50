package io.weir.cli.decode;

import java.io.IOException;

/** A file given to {@code weir decode} broke off for a reason that is not in it. */
public final class UnreadableFileException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param file as the operator named it */
    public UnreadableFileException(String file, IOException cause) {
        super("cannot read " + file + " (" + cause.getMessage() + ")", cause);
    }
}

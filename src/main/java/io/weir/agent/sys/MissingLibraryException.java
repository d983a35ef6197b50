package io.weir.agent.sys;

/** A native library is not installed on this machine; the message names the package that has it. */
public final class MissingLibraryException extends RuntimeException {
    private final String library;

    MissingLibraryException(String library, String remedy, Throwable cause) {
        super(library + " cannot be loaded: " + remedy, cause);
        this.library = library;
    }

    /** The file name that was looked for, such as {@code libbpf.so.1}. */
    public String library() {
        return library;
    }
}

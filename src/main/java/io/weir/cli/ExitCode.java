package io.weir.cli;

/** How a command ended, for scripts; documented in {@code weir --help} and the README. */
public enum ExitCode {
    OK(0, "success"),
    FAILURE(1, "unexpected failure"),
    USAGE(2, "wrong usage or configuration"),
    NOT_PERMITTED(3, "not permitted: root, or CAP_BPF and CAP_PERFMON, are needed"),
    NOT_SUPPORTED(4, "this kernel is too old, or has no BTF or no tcp_diag"),
    MISSING_LIBRARY(5, "libbpf, or Java 22 or newer, is not installed"),
    OUTPUT_CLOSED(6, "standard output was closed by its reader"),
    PARTIAL(7, "weir check: less than full coverage"),
    DAMAGED_CAPTURE(8, "weir decode: a capture is damaged, or is none");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** The process's exit status. */
    public int code() {
        return code;
    }

    /** One clause for help texts. */
    public String meaning() {
        return meaning;
    }
}

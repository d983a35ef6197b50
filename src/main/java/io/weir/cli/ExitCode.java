package io.weir.cli;

/** How a command ended, for scripts; documented in {@code weir --help} and the README. */
public enum ExitCode {
    OK("success"),
    FAILURE("unexpected failure"),
    USAGE("wrong usage or configuration"),
    NOT_PERMITTED("not permitted: root, or CAP_BPF and CAP_PERFMON, are needed"),
    NOT_SUPPORTED("this kernel is too old or has no BTF"),
    MISSING_LIBRARY("libbpf is not installed"),
    OUTPUT_CLOSED("standard output was closed by its reader"),
    PARTIAL("weir check: less than full coverage");

    private final String meaning;

    ExitCode(String meaning) {
        this.meaning = meaning;
    }

    /** The process's exit status. */
    public int code() {
        return ordinal();
    }

    /** One clause for help texts. */
    public String meaning() {
        return meaning;
    }
}

package io.weir.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Everything the operator can set, once: the flag {@code --ring-size}, the variable {@code
 * WEIR_RING_SIZE} and the file key {@code ring-size} are the same setting, with the same default.
 */
public enum Setting {
    SINK("stdout", "NAME", "Where records go: stdout, or null to discard them (benchmarks)."),
    FORMAT("jsonl", "FORMAT", "How stdout writes a record: jsonl or table."),
    WINDOW("5s", "DURATION", "A connection's record covers this much time, cut at its multiples."),
    INTERVAL(
            "1s",
            "DURATION",
            "The kernel reports a busy socket at most this often, and never less often than the"
                    + " window; 0 reports every call (debugging)."),
    RING_SIZE("1m", "SIZE", "The ring buffer between kernel and agent: a power of two."),
    PARKED_CLOSES(
            "16384", "COUNT", "Closed connections kept in the kernel while the ring is full."),
    MAX_FLOWS("65536", "COUNT", "Connections followed at a time; more are counted as lost."),
    WAIT_STRATEGY(
            "auto",
            "NAME",
            "How the flow thread waits for events: auto, blocking, sleeping, yielding or busy-spin."),
    STEPS(
            "auto",
            "STEPS",
            "How hooks are attached: auto, or the steps allowed, such as fentry,kprobe, or per"
                    + " hook, such as send=kprobe."),
    QUEUE_SIZE("8192", "COUNT", "Records that may wait for a slow sink before new ones are held."),
    CLOSE_TIMEOUT("1s", "DURATION", "How long stopping may wait for the sink."),
    AGENT_ID("", "NAME", "The name records carry as their agent; the host name unless set."),
    LOG_LEVEL("warning", "LEVEL", "What is said on stderr: off, error, warning, info or debug.");

    private final String defaultText;
    private final String valueName;
    private final String description;

    Setting(String defaultText, String valueName, String description) {
        this.defaultText = defaultText;
        this.valueName = valueName;
        this.description = description;
    }

    /** The setting called {@code key} in a file, such as {@code ring-size}. */
    public static Optional<Setting> ofKey(String key) {
        return Arrays.stream(values()).filter(setting -> setting.key().equals(key)).findFirst();
    }

    /** As written in a file: {@code ring-size}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** As written on a command line: {@code --ring-size}. */
    public String flag() {
        return "--" + key();
    }

    /** As written in the environment: {@code WEIR_RING_SIZE}. */
    public String variable() {
        return "WEIR_" + name();
    }

    /** What holds if nobody sets it, in the syntax an operator would write; may be empty. */
    public String defaultText() {
        return defaultText;
    }

    /** The kind of value, for help texts: {@code DURATION}, {@code SIZE} … */
    public String valueName() {
        return valueName;
    }

    /** One or two sentences for help texts. */
    public String description() {
        return description;
    }
}

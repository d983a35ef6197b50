package io.weir.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Everything the operator can set, once: the flag {@code --ring-size}, the variable {@code
 * WEIR_RING_SIZE} and the file key {@code ring-size} are the same setting, with the same default.
 */
public enum Setting {
    SINK(
            Topic.RECORDS,
            "stdout",
            "NAME",
            "Where records go: stdout, or null to discard them (benchmarks)."),
    FORMAT(Topic.RECORDS, "jsonl", "FORMAT", "How stdout writes a record: jsonl or table."),
    WINDOW(
            Topic.RECORDS,
            "5s",
            "DURATION",
            "A connection's record covers this much time, cut at its multiples."),
    AGENT_ID(
            Topic.RECORDS,
            "",
            "NAME",
            "The agent's name in its records; the host name unless set."),
    INTERVAL(
            Topic.KERNEL,
            "1s",
            "DURATION",
            "The kernel reports a busy socket at most this often, and at least once a window; 0"
                    + " reports every call (debugging)."),
    STEPS(
            Topic.KERNEL,
            "auto",
            "STEPS",
            "How hooks are attached: auto, or the steps allowed (fentry, kprobe, tp_btf, sockops;"
                    + " several with commas), or per hook, such as send=kprobe."),
    HOOKS(
            Topic.KERNEL,
            "auto",
            "USE",
            "Whether kernel events are needed: auto goes on by polling alone where the kernel has no"
                    + " way to tell them, required ends then, off polls alone and needs neither"
                    + " libbpf nor CAP_BPF."),
    RING_SIZE(
            Topic.KERNEL,
            "1m",
            "SIZE",
            "The ring buffer from kernel to agent: a power of two, such as 64k or 4m."),
    PARKED_CLOSES(
            Topic.KERNEL,
            "16384",
            "COUNT",
            "Closed connections the kernel keeps while the ring is full."),
    POLL_INTERVAL(
            Topic.KERNEL,
            "10s",
            "DURATION",
            "How often every socket of every network namespace is looked at as well, give or take"
                    + " a tenth; 0 never."),
    POLL_LONGEST(
            Topic.KERNEL,
            "60s",
            "DURATION",
            "While hooks tell of everything and no look finds them wrong, looks become rarer, up to"
                    + " this."),
    POLL_EXCLUDE(
            Topic.KERNEL,
            "time-wait,syn-recv,close,bound-inactive",
            "STATES",
            "TCP states these looks leave out, with commas; none for none."),
    POLL_ATTRIBUTES(
            Topic.KERNEL,
            "info",
            "NAMES",
            "What these looks ask of each socket beside its addresses: all, none, or out of"
                    + " meminfo, info, vegas (bbr and dctcp, too), cong, tos, tclass, skmeminfo,"
                    + " shutdown."),
    MAX_FLOWS(
            Topic.AGENT,
            "65536",
            "COUNT",
            "Connections followed at a time; more are counted as lost."),
    WAIT_STRATEGY(
            Topic.AGENT,
            "auto",
            "NAME",
            "How the flow thread waits for events: auto (by free cores), blocking, sleeping,"
                    + " yielding or busy-spin."),
    QUEUE_SIZE(
            Topic.AGENT,
            "8192",
            "COUNT",
            "Records that may wait for a slow sink before the agent holds them back."),
    CLOSE_TIMEOUT(Topic.AGENT, "1s", "DURATION", "How long stopping may wait for the sink."),
    METRICS(
            Topic.AGENT,
            "",
            "ADDRESS",
            "Where Prometheus may fetch metrics, such as 127.0.0.1:9464; nowhere unless set."),
    LOG_LEVEL(
            Topic.AGENT,
            "warning",
            "LEVEL",
            "What is said on stderr: off, error, warning, info or debug.");

    /** What a setting is about, for help texts. */
    public enum Topic {
        /** What leaves the agent. */
        RECORDS,
        /** How the kernel is listened to. */
        KERNEL,
        /** What goes on inside. */
        AGENT
    }

    private final Topic topic;
    private final String defaultText;
    private final String valueName;
    private final String description;

    Setting(Topic topic, String defaultText, String valueName, String description) {
        this.topic = topic;
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

    /** What it is about. */
    public Topic topic() {
        return topic;
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

package io.weir.agent.sink.stdout;

/** A column of the table, and how wide its values are. */
enum Column {
    TIME("TIME", false),
    MARK("", false),
    PROCESS("PROCESS", false),
    FLOW("LOCAL / REMOTE", false),
    SENT("SENT", true),
    SENT_RATE("", true),
    RECEIVED("RECEIVED", true),
    RECEIVED_RATE("", true),
    RTT("RTT", true),
    RETRANSMITTED("RETR", true),
    TOOK("TOOK", true),
    STATUS("STATUS", false);

    private final String title;
    private final boolean number;

    Column(String title, boolean number) {
        this.title = title;
        this.number = number;
    }

    String title() {
        return title;
    }

    /** Whether values are aligned at the right. */
    boolean isNumber() {
        return number;
    }
}

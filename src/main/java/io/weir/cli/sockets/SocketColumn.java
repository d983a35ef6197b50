package io.weir.cli.sockets;

import io.weir.agent.netlink.TcpInfoField;
import io.weir.agent.netlink.TcpInfoView;
import io.weir.agent.sink.stdout.Human;
import io.weir.record.TcpState;
import java.util.Locale;
import java.util.function.Function;

/** A column of the table: what it says, and when it has to go from a narrow terminal. */
enum SocketColumn {
    NETNS("NETNS", false, 0, SocketRow::namespaceText),
    STATE("STATE", false, 0, SocketColumn::state),
    PROCESS("PROCESS", false, 0, SocketColumn::process),
    LOCAL("LOCAL", false, 0, row -> row.local().toString()),
    REMOTE("REMOTE", false, 0, row -> end(row)),
    RECEIVE_QUEUE("RECV-Q", true, 3, row -> Long.toString(row.socket().receiveQueue())),
    SEND_QUEUE("SEND-Q", true, 3, row -> Long.toString(row.socket().sendQueue())),
    SENT("SENT", true, 1, row -> bytes(row, TcpInfoField.BYTES_SENT)),
    RECEIVED("RECEIVED", true, 1, row -> bytes(row, TcpInfoField.BYTES_RECEIVED)),
    RTT("RTT", true, 2, SocketColumn::rtt),
    RETRANSMITTED("RETR", true, 4, SocketColumn::retransmitted),
    CWND("CWND", true, 5, SocketColumn::cwnd),
    CONGESTION("CC", false, 6, row -> row.socket().congestion()),
    CONTAINER("CONTAINER", false, 7, SocketColumn::container);

    private static final String NOTHING = "-";
    private static final int SHORT_ID = 12;

    private final String title;
    private final boolean number;
    private final int rank;
    private final Function<SocketRow, String> text;

    /** @param rank 0 stays; the highest goes first */
    SocketColumn(String title, boolean number, int rank, Function<SocketRow, String> text) {
        this.title = title;
        this.number = number;
        this.rank = rank;
        this.text = text;
    }

    String title() {
        return title;
    }

    boolean isNumber() {
        return number;
    }

    int rank() {
        return rank;
    }

    String text(SocketRow row) {
        return text.apply(row);
    }

    private static String state(SocketRow row) {
        return row.state().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A process names itself: what it chose must not steer the terminal. */
    private static String process(SocketRow row) {
        if (row.owner() == null) {
            return NOTHING;
        }
        StringBuilder name = new StringBuilder();
        row.owner()
                .comm()
                .codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .forEach(name::appendCodePoint);
        return name + "(" + row.owner().pid() + ")";
    }

    private static String end(SocketRow row) {
        return row.state() == TcpState.LISTEN ? "*" : row.remote().toString();
    }

    private static String bytes(SocketRow row, TcpInfoField field) {
        TcpInfoView info = row.socket().tcpInfo();
        return isListener(row) || !info.has(field) ? NOTHING : Human.bytes(info.value(field));
    }

    private static String rtt(SocketRow row) {
        long us = row.socket().tcpInfo().rtt();
        return isListener(row) || us <= 0 ? NOTHING : Human.micros(us);
    }

    private static String retransmitted(SocketRow row) {
        long segments = row.socket().tcpInfo().totalRetrans();
        return segments <= 0 ? "" : Long.toString(segments);
    }

    private static String cwnd(SocketRow row) {
        long segments = row.socket().tcpInfo().sndCwnd();
        return isListener(row) || segments < 0 ? NOTHING : Long.toString(segments);
    }

    private static boolean isListener(SocketRow row) {
        return row.state() == TcpState.LISTEN;
    }

    private static String container(SocketRow row) {
        return row.owner() == null || row.owner().container().isEmpty()
                ? ""
                : row.owner().container().substring(0, SHORT_ID);
    }
}

package io.weir.cli.sockets;

import io.weir.agent.netlink.TcpInfoField;
import io.weir.agent.netlink.TcpInfoView;
import io.weir.agent.sink.stdout.Human;
import io.weir.record.TcpState;
import java.util.Locale;

/** A column of the table: what it says, and when it has to go from a narrow terminal. */
enum SocketColumn {
    NETNS("NETNS", false, 0),
    STATE("STATE", false, 0),
    PROCESS("PROCESS", false, 0),
    LOCAL("LOCAL", false, 0),
    REMOTE("REMOTE", false, 0),
    RECEIVE_QUEUE("RECV-Q", true, 3),
    SEND_QUEUE("SEND-Q", true, 3),
    SENT("SENT", true, 1),
    RECEIVED("RECEIVED", true, 1),
    RTT("RTT", true, 2),
    RETRANSMITTED("RETR", true, 4),
    CWND("CWND", true, 5),
    CONGESTION("CC", false, 6),
    CONTAINER("CONTAINER", false, 7);

    private static final String NOTHING = "-";
    private static final int SHORT_ID = 12;

    private final String title;
    private final boolean number;
    private final int rank;

    /** @param rank 0 stays; the highest goes first */
    SocketColumn(String title, boolean number, int rank) {
        this.title = title;
        this.number = number;
        this.rank = rank;
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
        return switch (this) {
            case NETNS -> row.namespaceText();
            case STATE -> state(row);
            case PROCESS -> process(row);
            case LOCAL -> row.local().toString();
            case REMOTE -> end(row);
            case RECEIVE_QUEUE -> Long.toString(row.socket().receiveQueue());
            case SEND_QUEUE -> Long.toString(row.socket().sendQueue());
            case SENT -> bytes(row, TcpInfoField.BYTES_SENT);
            case RECEIVED -> bytes(row, TcpInfoField.BYTES_RECEIVED);
            case RTT -> rtt(row);
            case RETRANSMITTED -> retransmitted(row);
            case CWND -> cwnd(row);
            case CONGESTION -> row.socket().congestion();
            case CONTAINER -> container(row);
        };
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

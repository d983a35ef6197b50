package io.weir.cli.sockets;

import io.weir.agent.netlink.SocketView;
import io.weir.agent.netlink.TcpInfoField;
import io.weir.agent.netlink.TcpInfoView;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Comma-separated values with a header, as RFC 4180: the names of the JSON object, {@code tcp_info}'s
 * fields at the end. What is unknown is empty.
 */
final class SocketCsv implements SocketText {
    private static final String COLUMNS =
            "netns,namespace,state,pid,comm,container,uid,inode,cookie,localAddress,localPort,"
                    + "remoteAddress,remotePort,receiveQueue,sendQueue,congestion";
    private static final List<TcpInfoField> FIELDS =
            Arrays.stream(TcpInfoField.values())
                    .filter(field -> field != TcpInfoField.STATE)
                    .toList();
    private static final int CHUNK = 1 << 16;

    private final StringBuilder text = new StringBuilder(CHUNK + 4096);
    private boolean headed;

    @Override
    public void write(List<SocketRow> rows, OutputStream out) throws IOException {
        if (!headed) {
            headed = true;
            text.append(COLUMNS);
            FIELDS.forEach(field -> text.append(',').append(field.key()));
            text.append('\n');
        }
        for (SocketRow row : rows) {
            row(row);
            if (text.length() >= CHUNK) {
                flush(out);
            }
        }
        flush(out);
    }

    private void row(SocketRow row) {
        SocketView socket = row.socket();
        text.append(row.netns());
        cell(row.namespace());
        cell(row.state().name());
        owner(row);
        cell(socket.uid());
        cell(socket.inode());
        cell(Long.toUnsignedString(socket.cookie()));
        cell(socket.localAddress().toString());
        cell(socket.localPort());
        cell(socket.remoteAddress().toString());
        cell(socket.remotePort());
        cell(socket.receiveQueue());
        cell(socket.sendQueue());
        cell(socket.congestion());
        TcpInfoView info = socket.tcpInfo();
        for (TcpInfoField field : FIELDS) {
            cell(info.has(field) ? Long.toUnsignedString(info.value(field)) : "");
        }
        text.append('\n');
    }

    private void owner(SocketRow row) {
        if (row.owner() == null) {
            text.append(",,,");
            return;
        }
        cell(row.owner().pid());
        cell(row.owner().comm());
        cell(row.owner().container());
    }

    private void cell(long value) {
        text.append(',').append(value);
    }

    /** A process names itself: its name may hold anything. */
    private void cell(String value) {
        text.append(',');
        boolean quoted = value.chars().anyMatch(c -> c == ',' || c == '"' || c < ' ');
        text.append(quoted ? '"' + value.replace("\"", "\"\"") + '"' : value);
    }

    private void flush(OutputStream out) throws IOException {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        text.setLength(0);
        out.write(bytes);
    }
}

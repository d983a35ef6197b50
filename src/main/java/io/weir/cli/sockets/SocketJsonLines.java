package io.weir.cli.sockets;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** A JSON object a line: what the kernel told, and which process has the socket. */
final class SocketJsonLines implements SocketText {
    private static final int CHUNK = 1 << 16;

    private final SocketJson json = new SocketJson();

    @Override
    public void write(List<SocketRow> rows, OutputStream out) throws IOException {
        for (SocketRow row : rows) {
            json.append(row.socket(), row.netns(), generator -> owner(row, generator));
            if (json.size() >= CHUNK) {
                json.writeTo(out);
            }
        }
        json.writeTo(out);
    }

    private static void owner(SocketRow row, JsonGenerator json) throws IOException {
        if (!row.namespace().isEmpty()) {
            json.writeStringField("namespace", row.namespace());
        }
        if (row.owner() != null) {
            json.writeNumberField("pid", row.owner().pid());
            json.writeStringField("comm", row.owner().comm());
            if (!row.owner().container().isEmpty()) {
                json.writeStringField("container", row.owner().container());
            }
        }
    }
}

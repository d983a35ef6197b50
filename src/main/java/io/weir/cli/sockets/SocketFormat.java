package io.weir.cli.sockets;

import io.weir.agent.sink.stdout.Look;
import java.util.function.IntSupplier;

/** How {@code weir sockets} writes. */
public enum SocketFormat {
    /** For people. */
    TABLE,
    /** A JSON object a line. */
    JSONL,
    /** For spreadsheets. */
    CSV;

    SocketText text(Look look, IntSupplier width) {
        return switch (this) {
            case TABLE -> new SocketTable(look, width);
            case JSONL -> new SocketJsonLines();
            case CSV -> new SocketCsv();
        };
    }
}

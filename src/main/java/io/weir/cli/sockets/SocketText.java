package io.weir.cli.sockets;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** A way to write sockets. */
interface SocketText {
    /** Writes all rows. */
    void write(List<SocketRow> rows, OutputStream out) throws IOException;
}

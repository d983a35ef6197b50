package io.weir.cli.decode;

import io.weir.agent.netlink.SocketView;
import io.weir.agent.netlink.capture.CaptureException;
import io.weir.agent.sink.stdout.OutputClosedException;
import io.weir.cli.sockets.SocketJson;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;

/** Prints each socket as a line of JSON. */
final class SocketPrinter implements CaptureListener {
    private static final int BATCH_BYTES = 1 << 16;
    private static final long NETNS_UNKNOWN = 0;

    private final SocketJson json = new SocketJson();
    private final OutputStream out;
    private final Consumer<CaptureException> faults;

    SocketPrinter(OutputStream out, Consumer<CaptureException> faults) {
        this.out = out;
        this.faults = faults;
    }

    @Override
    public void onSocket(SocketView socket) {
        json.append(socket, NETNS_UNKNOWN);
        if (json.size() >= BATCH_BYTES) {
            flush();
        }
    }

    @Override
    public void onFault(CaptureException fault) {
        faults.accept(fault);
    }

    /** Writes what is not yet written. */
    void flush() {
        try {
            json.writeTo(out);
        } catch (IOException e) {
            throw new OutputClosedException(e);
        }
    }
}

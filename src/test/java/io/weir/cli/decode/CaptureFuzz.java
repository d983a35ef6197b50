package io.weir.cli.decode;

import io.weir.agent.netlink.MessageWalker;
import io.weir.agent.netlink.SocketView;
import io.weir.agent.netlink.capture.CaptureException;
import io.weir.cli.sockets.SocketJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Decodes any bytes as a file. Only a fault with its offset may come of them: no other exception, no
 * hang, no line that is not whole. Run by Jazzer: {@code tools/fuzz}.
 */
public final class CaptureFuzz {
    private CaptureFuzz() {}

    public static void fuzzerTestOneInput(byte[] file) {
        decode(file);
    }

    /** Decodes a file and returns what would be printed of it. */
    static String decode(byte[] file) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SocketJson json = new SocketJson();
        CaptureSummary summary = new CaptureSummary();
        try {
            new CaptureDecoder()
                    .decode(new ByteArrayInputStream(file), listener(json, summary, file.length));
            summary.text();
            json.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static CaptureListener listener(SocketJson json, CaptureSummary summary, int length) {
        return new CaptureListener() {
            @Override
            public void onMessage(MessageWalker.Kind kind, MessageWalker message) {
                summary.onMessage(kind, message);
            }

            @Override
            public void onSocket(SocketView socket) {
                json.append(socket, 0);
                summary.onSocket(socket);
            }

            @Override
            public void onFault(CaptureException fault) {
                summary.onFault(fault);
                if (fault.offset() < 0 || fault.offset() > length) {
                    throw new AssertionError("a fault outside the file: " + fault.getMessage());
                }
            }
        };
    }
}

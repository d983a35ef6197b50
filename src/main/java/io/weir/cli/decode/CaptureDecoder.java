package io.weir.cli.decode;

import io.weir.agent.netlink.MalformedNetlinkException;
import io.weir.agent.netlink.MessageWalker;
import io.weir.agent.netlink.MessageWalker.Kind;
import io.weir.agent.netlink.SocketView;
import io.weir.agent.netlink.capture.CaptureException;
import io.weir.agent.netlink.capture.CaptureReader;
import java.io.IOException;
import java.io.InputStream;

/**
 * Goes through a capture once and tells what is in it. Damage within a packet costs that packet's
 * rest, damage of the file's own structure costs the file's rest.
 */
final class CaptureDecoder {
    private final MessageWalker walker = new MessageWalker();
    private final SocketView socket = new SocketView();

    /**
     * Tells all of a capture.
     *
     * @throws IOException from the stream
     */
    void decode(InputStream stream, CaptureListener listener) throws IOException {
        try {
            CaptureReader reader = CaptureReader.open(stream);
            listener.onFile(reader.format());
            while (reader.next()) {
                packet(reader, listener);
            }
        } catch (CaptureException fault) {
            listener.onFault(fault);
        }
    }

    private void packet(CaptureReader reader, CaptureListener listener) {
        listener.onPacket(reader.netlinkFamily());
        if (reader.netlinkFamily() != CaptureReader.NETLINK_SOCK_DIAG) {
            return;
        }
        walker.wrap(reader.memory(), reader.offset(), reader.length());
        try {
            for (Kind kind = walker.next(); kind != Kind.END; kind = walker.next()) {
                message(reader, kind, listener);
            }
        } catch (MalformedNetlinkException fault) {
            listener.onFault(inFile(reader, fault));
        }
    }

    private void message(CaptureReader reader, Kind kind, CaptureListener listener) {
        if (kind == Kind.SOCKET) {
            try {
                socket.wrap(reader.memory(), walker.offset(), walker.length());
            } catch (MalformedNetlinkException fault) {
                listener.onFault(inFile(reader, fault));
                return;
            }
        }
        listener.onMessage(kind, walker);
        if (kind == Kind.SOCKET) {
            listener.onSocket(socket);
        }
    }

    private static CaptureException inFile(CaptureReader reader, MalformedNetlinkException fault) {
        return new CaptureException(reader.fileOffset(fault.offset()), fault.getMessage());
    }
}

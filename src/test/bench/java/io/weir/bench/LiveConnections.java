package io.weir.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Connections over loopback that stay, and move a byte each when told to. */
final class LiveConnections implements AutoCloseable {
    private final ServerSocketChannel listener = ServerSocketChannel.open();
    private final List<SocketChannel> sockets = new ArrayList<>();
    private final ByteBuffer payload = ByteBuffer.allocateDirect(1);

    LiveConnections() throws IOException {
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    }

    /** Opens more until there are so many ends, two to a connection. */
    void growTo(int ends) throws IOException {
        while (sockets.size() < ends) {
            sockets.add(SocketChannel.open(listener.getLocalAddress()));
            sockets.add(listener.accept());
        }
    }

    /** Each client sends a byte, which its server reads. */
    void move() throws IOException {
        for (int i = 0; i < sockets.size(); i += 2) {
            sockets.get(i).write(payload.clear());
            sockets.get(i + 1).read(payload.clear());
        }
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel socket : sockets) {
            socket.close();
        }
        listener.close();
    }
}

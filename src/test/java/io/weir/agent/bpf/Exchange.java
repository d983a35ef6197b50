package io.weir.agent.bpf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** One real connection on loopback, both ends in this thread: blocking calls in an order that never waits. */
final class Exchange implements AutoCloseable {
    private final ServerSocketChannel listener;
    private final SocketChannel client;
    private final SocketChannel server;

    Exchange() {
        try {
            listener = ServerSocketChannel.open();
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            client = SocketChannel.open(listener.getLocalAddress());
            server = listener.accept();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    int clientPort() {
        try {
            return ((InetSocketAddress) client.getLocalAddress()).getPort();
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    int serverPort() {
        try {
            return ((InetSocketAddress) listener.getLocalAddress()).getPort();
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    void clientSends(int bytes) {
        move(client, server, bytes);
    }

    void serverSends(int bytes) {
        move(server, client, bytes);
    }

    private static void move(SocketChannel from, SocketChannel to, int bytes) {
        try {
            for (int sent = 0; sent < bytes; ) {
                ByteBuffer piece = ByteBuffer.allocate(Math.min(4096, bytes - sent));
                sent += from.write(piece);
                piece.flip();
                while (piece.hasRemaining()) {
                    to.read(piece);
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The client closes first, the server after it has seen the end. */
    @Override
    public void close() {
        try (listener;
                server) {
            client.close();
            server.read(ByteBuffer.allocate(1));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}

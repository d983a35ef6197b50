package io.weir.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Requests and responses over loopback, on one lasting connection or on a new one each. */
final class KeepAlive implements AutoCloseable {
    private static final int MESSAGE_BYTES = 128;

    /** {@code TCP_TIMEOUT_INIT}, and a little. */
    private static final int RESEND_AFTER_MS = 1_300;

    private final ServerSocketChannel listener = ServerSocketChannel.open();
    private final Thread server = Thread.ofPlatform().daemon().unstarted(this::serve);
    private final ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE_BYTES);

    KeepAlive() throws IOException {
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.start();
    }

    /** A connection that lasts as long as the caller likes. */
    SocketChannel connect() throws IOException {
        SocketChannel channel = SocketChannel.open(listener.getLocalAddress());
        return channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    /** So many requests on one connection, each after the last one's response. */
    void exchange(SocketChannel channel, int rounds) throws IOException {
        for (int i = 0; i < rounds; i++) {
            message.clear();
            write(channel, message);
            message.clear();
            if (!read(channel, message)) {
                throw new IOException("the server closed");
            }
        }
    }

    /** So many connections with one request each. */
    void connections(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            try (SocketChannel channel = connect()) {
                exchange(channel, 1);
            }
        }
    }

    /**
     * Has the kernel send so many SYNs again: nobody accepts, and once the listener's queue is full
     * it drops them.
     */
    static void resend(int count) throws IOException, InterruptedException {
        List<SocketChannel> attempts = new ArrayList<>();
        try (ServerSocketChannel deaf = ServerSocketChannel.open()) {
            deaf.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
            for (int i = 0; i < count; i++) {
                SocketChannel attempt = SocketChannel.open();
                attempts.add(attempt);
                attempt.configureBlocking(false);
                attempt.connect(deaf.getLocalAddress());
            }
            Thread.sleep(RESEND_AFTER_MS);
        } finally {
            for (SocketChannel attempt : attempts) {
                attempt.close();
            }
        }
    }

    /** One connection after the other, as the client makes them. */
    private void serve() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(MESSAGE_BYTES);
        while (listener.isOpen()) {
            try (SocketChannel channel = listener.accept()) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                while (read(channel, buffer.clear())) {
                    write(channel, buffer.flip());
                }
            } catch (IOException closed) {
                // by the client, or the listener by us
            }
        }
    }

    private static boolean read(SocketChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                return false;
            }
        }
        return true;
    }

    private static void write(SocketChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}

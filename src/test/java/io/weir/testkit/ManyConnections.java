package io.weir.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Connections of this process to itself, over loopback, and what each end has moved. */
public final class ManyConnections implements AutoCloseable {
    private final List<Pair> pairs = new ArrayList<>();
    private final ServerSocket listener;

    /** Both ends of one connection. */
    public static final class Pair {
        private final Socket client;
        private final Socket server;
        private long sent;
        private long answered;

        private Pair(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        public Endpoint clientEnd() {
            return new Endpoint("127.0.0.1", client.getLocalPort());
        }

        public Endpoint serverEnd() {
            return new Endpoint("127.0.0.1", server.getLocalPort());
        }

        /** What the client's end has moved. */
        public Tally atClient() {
            return new Tally(sent, answered);
        }

        /** What the server's end has moved. */
        public Tally atServer() {
            return new Tally(answered, sent);
        }

        private void exchange(int question, int answer) throws IOException {
            client.getOutputStream().write(new byte[question]);
            server.getInputStream().readNBytes(question);
            server.getOutputStream().write(new byte[answer]);
            client.getInputStream().readNBytes(answer);
            sent += question;
            answered += answer;
        }

        private void close() throws IOException {
            client.close();
            server.close();
        }
    }

    private ManyConnections(ServerSocket listener) {
        this.listener = listener;
    }

    public static ManyConnections open(int count) throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        ManyConnections all = new ManyConnections(new ServerSocket(0, 16, loopback));
        try {
            for (int i = 0; i < count; i++) {
                Socket client = new Socket();
                client.connect(new InetSocketAddress(loopback, all.listener.getLocalPort()));
                all.pairs.add(new Pair(client, all.listener.accept()));
            }
        } catch (IOException e) {
            all.close();
            throw e;
        }
        return all;
    }

    /** Each connection moves a little more than the one before it. */
    public void exchange(int question, int answer) throws IOException {
        for (int i = 0; i < pairs.size(); i++) {
            pairs.get(i).exchange(question + i, answer + 2 * i);
        }
    }

    public List<Pair> pairs() {
        return List.copyOf(pairs);
    }

    public void closeConnections() throws IOException {
        for (Pair pair : pairs) {
            pair.close();
        }
    }

    @Override
    public void close() throws IOException {
        closeConnections();
        listener.close();
    }
}

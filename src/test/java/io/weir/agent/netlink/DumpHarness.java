package io.weir.agent.netlink;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.weir.agent.sys.Descriptor;
import io.weir.agent.sys.NetworkNamespaces;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Dumps one namespace with and without reading the answers. On a thread that may stay there. */
public final class DumpHarness implements AutoCloseable {
    private static final int DONE = 3;
    private static final int DONE_BYTES = 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment buffer = arena.allocate(64 << 10, 8);
    private final DiagDump dump = new DiagDump(buffer, () -> false);
    private final List<MemorySegment> requests;
    private long sum;

    /** Moves the calling thread for good. */
    public static void enter(long pid) {
        try (Descriptor door = Descriptor.open(Path.of("/proc/" + pid + "/ns/net"))) {
            NetworkNamespaces.enter(door);
        }
    }

    public DumpHarness(DumpSettings settings) {
        requests = DiagRequest.of(settings, arena);
    }

    /** Everything a poll does in a namespace, and what a flow table would read of each socket. */
    public long decode() {
        long before = dump.sockets();
        try (DiagChannel channel = DiagChannel.open(TIMEOUT)) {
            for (MemorySegment request : requests) {
                DumpEnd end = dump.run(channel, request, 7, AnswerTap.NONE, this::read);
                if (end != DumpEnd.COMPLETE) {
                    throw new AssertionError(end);
                }
            }
        }
        return dump.sockets() - before;
    }

    private void read(SocketView socket, long timeNs) {
        TcpInfoView info = socket.tcpInfo();
        sum +=
                socket.cookie()
                        + socket.state()
                        + socket.localPort()
                        + socket.remotePort()
                        + socket.localAddressLow()
                        + socket.remoteAddressLow()
                        + info.bytesSent()
                        + info.bytesRetrans()
                        + info.bytesAcked()
                        + info.bytesReceived()
                        + info.segsOut()
                        + info.segsIn()
                        + info.totalRetrans()
                        + info.rtt()
                        + info.minRtt()
                        + info.sndCwnd()
                        + info.deliveryRate();
    }

    /** The same calls, and nothing read but the dump's end. */
    public long receive() {
        long bytes = 0;
        try (DiagChannel channel = DiagChannel.open(TIMEOUT)) {
            for (MemorySegment request : requests) {
                DiagRequest.number(request, 7);
                channel.send(request);
                int length;
                do {
                    length = channel.receive(buffer);
                    bytes += length;
                } while (!isLast(length));
            }
        }
        return bytes;
    }

    private boolean isLast(int length) {
        if (length < DONE_BYTES) {
            throw new AssertionError("received " + length);
        }
        long at = (long) length - DONE_BYTES;
        return buffer.get(JAVA_INT_UNALIGNED, at) == DONE_BYTES
                && buffer.get(JAVA_SHORT_UNALIGNED, at + 4) == DONE;
    }

    /** So that nothing that was read can be left out. */
    public long sum() {
        return sum;
    }

    @Override
    public void close() {
        arena.close();
    }
}

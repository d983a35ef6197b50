package io.weir.agent.bpf;

import io.weir.agent.bpf.libbpf.Libbpf;
import io.weir.agent.sys.Descriptor;
import io.weir.agent.sys.SystemCallException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code src/test/bpf/tcp_iter.bpf.c}: every TCP socket of the calling thread's namespace. */
public final class TcpIterator implements AutoCloseable {
    private static final int TOLD_BYTES = 96;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment buffer = arena.allocate(64 << 10, 8);
    private final BpfObject object;
    private final int link;

    public TcpIterator() throws IOException {
        object = BpfObject.open(Files.readAllBytes(Path.of("target/test-bpf/tcp_iter.bpf.o")));
        object.enable("tell");
        object.load();
        link = object.attach("tell");
    }

    /** Walks once; returns the number of sockets told. */
    public long walk() {
        int descriptor = Libbpf.bpf_iter_create(link);
        if (descriptor < 0) {
            throw new SystemCallException("bpf_iter_create", "tell", -descriptor);
        }
        long bytes = 0;
        try (Descriptor iterator = Descriptor.owning(descriptor)) {
            for (long got = iterator.read(buffer); got > 0; got = iterator.read(buffer)) {
                bytes += got;
            }
        }
        return bytes / TOLD_BYTES;
    }

    @Override
    public void close() {
        object.close();
        arena.close();
    }
}

package io.weir.agent.bpf;

import io.weir.agent.bpf.ring.RecordHandler;
import io.weir.agent.bpf.ring.RingBufferReader;
import io.weir.agent.event.TcpEventView;
import io.weir.config.Hook;
import io.weir.config.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The programs attached for a test, and every event they told so far. */
final class ProbeHarness implements AutoCloseable {
    static final int RING_BYTES = 1 << 20;

    private final TcpProbe probe;
    private final RingBufferReader ring;
    private final List<TcpEventView> events = new ArrayList<>();

    private ProbeHarness(TcpProbe probe) {
        this.probe = probe;
        this.ring = RingBufferReader.open(probe.ringFd(), probe.ringBytes());
    }

    static ProbeHarness attach(byte[] elf, ProbeSettings settings) {
        try (KernelFeatures kernel = KernelFeatures.read()) {
            return new ProbeHarness(new AttachPlanner(elf, settings, kernel).attach());
        }
    }

    static ProbeHarness attach(Step... steps) {
        return attach(object(), settings(ProbeSettings.onlySteps(EnumSet.of(steps[0], steps))));
    }

    static ProbeSettings settings(Map<Hook, Set<Step>> allowed) {
        return new ProbeSettings(RING_BYTES, 1024, 4096, 1000, allowed, CgroupRoot.find());
    }

    static byte[] object() {
        return BpfObjects.tcpFlow();
    }

    TcpProbe probe() {
        return probe;
    }

    /** Everything told until now, each event a copy. */
    List<TcpEventView> drain() {
        RecordHandler keep =
                new RecordHandler() {
                    @Override
                    public void onRecord(MemorySegment data, long offset, int length) {
                        byte[] copy =
                                data.asSlice(offset, length)
                                        .toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
                        long[] aligned = new long[(length + 7) / 8];
                        MemorySegment.ofArray(aligned).copyFrom(MemorySegment.ofArray(copy));
                        events.add(new TcpEventView().wrap(MemorySegment.ofArray(aligned), 0));
                    }

                    @Override
                    public void onBatchEnd() {}
                };
        ring.drain(keep);
        probe.drainParked(keep);
        return events;
    }

    List<TcpEventView> events(Predicate<TcpEventView> which) {
        return drain().stream().filter(which).toList();
    }

    static String release() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() {
        ring.close();
        probe.close();
    }
}

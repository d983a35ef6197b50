package io.weir.agent.bpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.weir.agent.bpf.AttachPlanner.AttachRefusedException;
import io.weir.agent.bpf.libbpf.Libbpf;
import io.weir.agent.bpf.ring.RecordHandler;
import io.weir.agent.event.abi.TcpEventAbi;
import io.weir.agent.event.abi.tcp_event;
import io.weir.agent.sys.Descriptor;
import io.weir.agent.sys.Errno;
import io.weir.agent.sys.SystemCallException;
import io.weir.config.Hook;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The programs in the kernel, attached: what they tell is in the ring at {@link #ringFd()}, what found
 * no room there is parked. One thread drains, sweeps, asks and closes. The kernel detaches everything
 * when the process ends, however it ends: nothing is pinned.
 */
public final class TcpProbe implements AutoCloseable {
    private static final long MS_PER_SECOND = 1000;
    private static final int WAKES_PER_RING = 4;
    private static final String RING = "events";
    private static final String PARK = "parked";
    private static final String LOSSES = "losses";
    private static final String STORAGE = "conns";
    private static final String HASH = "conns_by_cookie";

    private final Arena arena = Arena.ofConfined();
    private final BpfObject object;
    private final AttachPlan plan;
    private final ProbeSettings settings;
    private final int sweepLinkFd;
    private final MemorySegment parkedEvent = arena.allocate(tcp_event.layout());
    private final MemorySegment lossValues =
            arena.allocate(JAVA_LONG, Math.max(1, Libbpf.libbpf_num_possible_cpus()));
    private final MemorySegment lossCause = arena.allocate(JAVA_INT);
    private final MemorySegment sweepOutput = arena.allocate(64);

    private TcpProbe(BpfObject object, AttachPlan plan, ProbeSettings settings, int sweepLinkFd) {
        this.object = object;
        this.plan = plan;
        this.settings = settings;
        this.sweepLinkFd = sweepLinkFd;
    }

    static TcpProbe attach(
            byte[] elf, AttachPlan plan, ProbeSettings settings, KernelFeatures kernel) {
        BpfObject object = BpfObject.open(elf);
        try {
            configure(object, plan, settings, kernel);
            object.load();
            int sweepLinkFd = attachAll(object, plan, settings);
            return new TcpProbe(object, plan.confirmed(), settings, sweepLinkFd);
        } catch (RuntimeException refused) {
            object.close();
            throw refused;
        }
    }

    private static void configure(
            BpfObject object, AttachPlan plan, ProbeSettings settings, KernelFeatures kernel) {
        Btf.checkLayout(object.btf(), "tcp_event", tcp_event.layout());
        plan.programs().forEach(object::enable);
        boolean storage = plan.state() == StatePlace.SOCKET_STORAGE;
        object.leaveOut(storage ? HASH : STORAGE);
        object.resize(RING, settings.ringBytes());
        object.resize(PARK, settings.parkedEvents());
        object.resize(HASH, settings.maxConnections());
        Rodata rodata = object.rodata();
        rodata.set("interval_jiffies", jiffies(settings.intervalMs(), kernel.hz()));
        rodata.set("use_storage", storage);
        rodata.set("has_tracing_cookie", storage);
        rodata.set("accept_args", kernel.parametersOf(Hook.ACCEPT.function()).orElse(2));
        rodata.set("tracepoint_supplements", plan.has(Companion.STATE_TRACEPOINT) && !storage);
        rodata.set("wake_bytes", (long) settings.ringBytes() / WAKES_PER_RING);
    }

    /** At least one tick, or an interval of 3 ms would report every call where HZ is 250. */
    private static long jiffies(long intervalMs, long hz) {
        return intervalMs == 0 ? 0 : Math.max(1, intervalMs * hz / MS_PER_SECOND);
    }

    private static int attachAll(BpfObject object, AttachPlan plan, ProbeSettings settings) {
        int sweepLinkFd = -1;
        for (String program : plan.tracingPrograms()) {
            try {
                if (program.equals(Companion.SWEEP.program())) {
                    sweepLinkFd = object.attachMapIterator(program, STORAGE);
                } else {
                    object.attach(program);
                }
            } catch (SystemCallException refused) {
                throw new AttachRefusedException(program, refused);
            }
        }
        attachToCgroup(object, plan.cgroupPrograms(), settings);
        return sweepLinkFd;
    }

    private static void attachToCgroup(
            BpfObject object, List<String> programs, ProbeSettings settings) {
        if (programs.isEmpty()) {
            return;
        }
        if (settings.cgroupRoot() == null) {
            throw new AttachRefusedException(
                    programs.getFirst(),
                    new SystemCallException("open", "root of cgroup v2", Errno.ENOENT));
        }
        try (Descriptor cgroup = Descriptor.open(settings.cgroupRoot())) {
            for (String program : programs) {
                try {
                    object.attachCgroup(program, cgroup.fd());
                } catch (SystemCallException refused) {
                    throw new AttachRefusedException(program, refused);
                }
            }
        }
    }

    /** What was chosen, and why not better. */
    public AttachPlan plan() {
        return plan;
    }

    /** Descriptor of the event ring; valid until {@link #close()}. */
    public int ringFd() {
        return object.mapFd(RING);
    }

    /** Bytes of the event ring. */
    public int ringBytes() {
        return settings.ringBytes();
    }

    /**
     * Hands over the last reports that found the ring full; they may be older than what the ring
     * holds. Cheap when there are none: one system call.
     *
     * @return how many
     */
    public int drainParked(RecordHandler handler) {
        int park = object.mapFd(PARK);
        int drained = 0;
        while (Libbpf.bpf_map_lookup_and_delete_elem(park, MemorySegment.NULL, parkedEvent) == 0) {
            handler.onRecord(parkedEvent, 0, (int) parkedEvent.byteSize());
            drained++;
        }
        if (drained > 0) {
            handler.onBatchEnd();
        }
        return drained;
    }

    /**
     * Reports every socket whose counters moved since its last report, so that a window's totals are
     * right also for a connection that then fell silent. Does nothing where state is in a hash map.
     */
    public void sweep() {
        if (sweepLinkFd < 0) {
            return;
        }
        int iterator = Libbpf.bpf_iter_create(sweepLinkFd);
        if (iterator < 0) {
            throw new SystemCallException("bpf_iter_create", "sweep", -iterator);
        }
        try (Descriptor descriptor = Descriptor.owning(iterator)) {
            while (readOn(descriptor)) {
                // the program reports through the ring and prints nothing
            }
        }
    }

    /** The kernel asks to come again after a million objects, and when a signal came between. */
    private boolean readOn(Descriptor iterator) {
        try {
            return iterator.read(sweepOutput) > 0;
        } catch (SystemCallException interrupted) {
            if (interrupted.errno() == Errno.EAGAIN || interrupted.errno() == Errno.EINTR) {
                return true;
            }
            throw interrupted;
        }
    }

    /** What could not be told since attach, by cause: indexed by {@code enum weir_loss}. */
    public long[] losses() {
        int map = object.mapFd(LOSSES);
        long[] losses = new long[TcpEventAbi.WEIR_LOSS_MAX()];
        for (int cause = 0; cause < losses.length; cause++) {
            lossCause.set(JAVA_INT, 0, cause);
            if (Libbpf.bpf_map_lookup_elem(map, lossCause, lossValues) == 0) {
                for (long cpu = 0; cpu < lossValues.byteSize() / Long.BYTES; cpu++) {
                    losses[cause] += lossValues.getAtIndex(JAVA_LONG, cpu);
                }
            }
        }
        return losses;
    }

    /** Run counts and times of the attached programs. */
    public List<ProgramStats> programStats() {
        List<ProgramStats> stats = new ArrayList<>();
        for (String program : plan.programs()) {
            stats.add(ProgramStats.read(program, object.programFd(program)));
        }
        return stats;
    }

    @Override
    public void close() {
        object.close();
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}

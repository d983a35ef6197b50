package io.weir.agent.bpf;

import io.weir.agent.bpf.libbpf.Libbpf;
import io.weir.agent.sys.KernelClock;
import io.weir.agent.sys.SystemCallException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the running kernel says of itself, read once without loading anything. One thread; close it
 * when the plan is made.
 */
public final class KernelFeatures implements AutoCloseable {
    private static final Path BTF = Path.of("/sys/kernel/btf/vmlinux");
    private static final Path LOCKDOWN = Path.of("/sys/kernel/security/lockdown");
    private static final Path KPROBE_PMU = Path.of("/sys/bus/event_source/devices/kprobe");
    private static final Pattern CHOSEN = Pattern.compile("\\[(\\w+)]");
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private final MemorySegment btf;
    private final String release;
    private final boolean kprobes;
    private final String lockdown;

    private KernelFeatures(MemorySegment btf, String release, boolean kprobes, String lockdown) {
        this.btf = btf;
        this.release = release;
        this.kprobes = kprobes;
        this.lockdown = lockdown;
    }

    /**
     * Reads the kernel's BTF and its settings.
     *
     * @throws BpfException.NotSupported where there is no BTF
     */
    public static KernelFeatures read() {
        if (!Files.exists(BTF)) {
            throw new BpfException.NotSupported(
                    "this kernel has no BTF type information ("
                            + BTF
                            + "): use a kernel built with CONFIG_DEBUG_INFO_BTF",
                    "5.10");
        }
        LibbpfLog.install();
        try {
            return new KernelFeatures(
                    LibbpfPointers.loadVmlinuxBtf(),
                    System.getProperty("os.version"),
                    Files.exists(KPROBE_PMU),
                    lockdownMode());
        } catch (SystemCallException unreadable) {
            throw new BpfException.NotSupported(
                    "this kernel's BTF type information cannot be read ("
                            + unreadable.getMessage()
                            + ")",
                    "5.10");
        }
    }

    /** As {@code uname -r}. */
    public String release() {
        return release;
    }

    /** {@code none}, {@code integrity}, {@code confidentiality}, or {@code unknown}. */
    public String lockdown() {
        return lockdown;
    }

    /** Whether kernel functions can be probed at all: {@code CONFIG_KPROBE_EVENTS}. */
    public boolean kprobes() {
        return kprobes;
    }

    /** Version of the libbpf that is loaded, such as {@code 1.1.2}. */
    public String libbpfVersion() {
        return Libbpf.libbpf_version_string().reinterpret(64).getString(0).replaceFirst("^v", "");
    }

    /** Ticks per second, the resolution of a socket's report interval. */
    public long hz() {
        return NS_PER_SECOND / KernelClock.jiffyNs();
    }

    /** Number of parameters of a kernel function; empty: renamed, static and inlined, or absent. */
    public Optional<Integer> parametersOf(String function) {
        return Btf.parameters(btf, function);
    }

    /** Whether a tracepoint exists: it has a {@code btf_trace_NAME} typedef. */
    public boolean hasTracepoint(String name) {
        return Btf.find(btf, "btf_trace_" + name, Libbpf.BTF_KIND_TYPEDEF()).isPresent();
    }

    private static String lockdownMode() {
        try {
            Matcher chosen = CHOSEN.matcher(Files.readString(LOCKDOWN));
            return chosen.find() ? chosen.group(1) : "unknown";
        } catch (IOException | UncheckedIOException absent) {
            return "unknown";
        }
    }

    @Override
    public void close() {
        Libbpf.btf__free(btf);
    }
}

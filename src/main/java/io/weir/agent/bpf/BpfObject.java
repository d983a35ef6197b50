package io.weir.agent.bpf;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.weir.agent.bpf.libbpf.Libbpf;
import io.weir.agent.sys.Errno;
import io.weir.agent.sys.SystemCallException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * A compiled BPF object: opened, adjusted, loaded into the kernel, attached; closing detaches all of
 * it. One thread.
 */
public final class BpfObject implements AutoCloseable {
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment object;
    private final List<MemorySegment> links = new ArrayList<>();

    private BpfObject(byte[] elf) {
        LibbpfLog.install();
        try (Arena image = Arena.ofConfined()) {
            MemorySegment copy = image.allocate(elf.length, Long.BYTES);
            copy.copyFrom(MemorySegment.ofArray(elf));
            object = LibbpfPointers.openMem(copy, MemorySegment.NULL);
        } catch (SystemCallException damaged) {
            arena.close();
            throw new BpfException.InvalidObject(
                    "the BPF object cannot be read (%s): %s"
                            .formatted(Errno.name(damaged.errno()), LibbpfLog.taken().strip()));
        }
    }

    /** Parses an ELF image; no program is enabled yet. */
    public static BpfObject open(byte[] elf) {
        BpfObject opened = new BpfObject(elf);
        MemorySegment program = Libbpf.bpf_object__next_program(opened.object, MemorySegment.NULL);
        while (program.address() != 0) {
            Libbpf.bpf_program__set_autoload(program, false);
            program = Libbpf.bpf_object__next_program(opened.object, program);
        }
        return opened;
    }

    /** Lets a program be part of the next {@link #load()}. */
    public void enable(String program) {
        check(Libbpf.bpf_program__set_autoload(program(program), true), "enable " + program);
    }

    /** Whether the object has a program of this name. */
    boolean hasProgram(String name) {
        return find(name).address() != 0;
    }

    /** The section a program stands in, such as {@code fexit/tcp_sendmsg}. */
    public String section(String program) {
        return Libbpf.bpf_program__section_name(program(program))
                .reinterpret(Long.MAX_VALUE)
                .getString(0);
    }

    /** The variables to set before load. */
    Rodata rodata() {
        MemorySegment map = Libbpf.bpf_object__next_map(object, MemorySegment.NULL);
        while (map.address() != 0) {
            String name = Libbpf.bpf_map__name(map).reinterpret(Long.MAX_VALUE).getString(0);
            if (name.endsWith(".rodata")) {
                MemorySegment size = arena.allocate(JAVA_LONG);
                MemorySegment values = Libbpf.bpf_map__initial_value(map, size);
                return new Rodata(btf(), values.reinterpret(size.get(JAVA_LONG, 0)));
            }
            map = Libbpf.bpf_object__next_map(object, map);
        }
        throw new BpfException.InvalidObject("the BPF object has no .rodata");
    }

    MemorySegment btf() {
        return Libbpf.bpf_object__btf(object);
    }

    /** Sets the number of entries, or for a ring the bytes, before load. */
    void resize(String map, int maxEntries) {
        check(Libbpf.bpf_map__set_max_entries(map(map), maxEntries), "resize map " + map);
    }

    /** Leaves a map out that this kernel or this plan has no use for. */
    void leaveOut(String map) {
        check(Libbpf.bpf_map__set_autocreate(map(map), false), "leave out map " + map);
    }

    /**
     * Creates the maps and has the kernel verify the enabled programs.
     *
     * @throws BpfException saying which program or map was refused, and why
     */
    public void load() {
        LibbpfLog.install();
        int result = Libbpf.bpf_object__load(object);
        String log = LibbpfLog.taken();
        if (result != 0) {
            throw LoadFailure.of(-result, log);
        }
    }

    /**
     * Attaches where the program's section says.
     *
     * @return the link's descriptor
     * @throws SystemCallException with the kernel's reason
     */
    public int attach(String program) {
        LibbpfLog.install();
        MemorySegment link = LibbpfPointers.attach(program(program), program);
        links.add(link);
        return Libbpf.bpf_link__fd(link);
    }

    /** Attaches to a cgroup, v2. */
    void attachCgroup(String program, int cgroupFd) {
        links.add(LibbpfPointers.attachCgroup(program(program), cgroupFd, program));
    }

    /** Binds an iterator program to a map. @return the link's descriptor, for {@code bpf_iter_create} */
    int attachMapIterator(String program, String map) {
        MemorySegment link = LibbpfPointers.attachMapIter(program(program), mapFd(map), program);
        links.add(link);
        return Libbpf.bpf_link__fd(link);
    }

    /** Descriptor of a loaded map; valid until {@link #close()}. */
    public int mapFd(String map) {
        return check(Libbpf.bpf_map__fd(map(map)), "descriptor of map " + map);
    }

    /** Descriptor of a loaded program; valid until {@link #close()}. */
    public int programFd(String program) {
        return check(Libbpf.bpf_program__fd(program(program)), "descriptor of " + program);
    }

    private MemorySegment program(String name) {
        MemorySegment program = find(name);
        if (program.address() == 0) {
            throw new BpfException.InvalidObject("the BPF object has no program " + name);
        }
        return program;
    }

    private MemorySegment find(String program) {
        try (Arena names = Arena.ofConfined()) {
            return Libbpf.bpf_object__find_program_by_name(object, names.allocateFrom(program));
        }
    }

    private MemorySegment map(String name) {
        try (Arena names = Arena.ofConfined()) {
            MemorySegment map =
                    Libbpf.bpf_object__find_map_by_name(object, names.allocateFrom(name));
            if (map.address() == 0) {
                throw new BpfException.InvalidObject("the BPF object has no map " + name);
            }
            return map;
        }
    }

    private static int check(int result, String what) {
        if (result < 0) {
            throw new SystemCallException("libbpf", what, -result);
        }
        return result;
    }

    @Override
    public void close() {
        links.reversed().forEach(Libbpf::bpf_link__destroy);
        links.clear();
        if (arena.scope().isAlive()) {
            Libbpf.bpf_object__close(object);
            arena.close();
        }
    }
}

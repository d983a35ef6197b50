package io.weir.agent.bpf;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.weir.agent.sys.NativeLibraries;
import io.weir.agent.sys.SystemCallException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The libbpf calls that return a pointer and tell in errno why there is none: jextract's handles do
 * not capture errno, these do. Everything else of libbpf is in the generated {@code Libbpf}. Any
 * thread; call {@link NativeLibraries#libbpf()} first, which says so readably where libbpf is
 * missing.
 */
final class LibbpfPointers {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MemoryLayout CALL_STATE = Linker.Option.captureStateLayout();

    /** {@code union bpf_iter_link_info}; its member {@code map} is one descriptor. */
    private static final long ITER_LINK_INFO_BYTES = 4;

    private static final VarHandle ERRNO =
            CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle OPEN_MEM =
            pointer("bpf_object__open_mem", ADDRESS, JAVA_LONG, ADDRESS);
    private static final MethodHandle ATTACH = pointer("bpf_program__attach", ADDRESS);
    private static final MethodHandle ATTACH_CGROUP =
            pointer("bpf_program__attach_cgroup", ADDRESS, JAVA_INT);
    private static final MethodHandle ATTACH_ITER =
            pointer("bpf_program__attach_iter", ADDRESS, ADDRESS);
    private static final MethodHandle LOAD_VMLINUX_BTF = pointer("btf__load_vmlinux_btf");

    private LibbpfPointers() {}

    /** {@code bpf_object__open_mem}; libbpf copies what it needs of {@code elf}. */
    static MemorySegment openMem(MemorySegment elf, MemorySegment options) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            MemorySegment object =
                    (MemorySegment) OPEN_MEM.invokeExact(state, elf, elf.byteSize(), options);
            return check(object, state, "bpf_object__open_mem", elf.byteSize() + " bytes");
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** {@code bpf_program__attach}: where its section name says. {@code what} is for the error. */
    static MemorySegment attach(MemorySegment program, String what) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            MemorySegment link = (MemorySegment) ATTACH.invokeExact(state, program);
            return check(link, state, "bpf_program__attach", what);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** {@code bpf_program__attach_cgroup}. {@code what} is for the error. */
    static MemorySegment attachCgroup(MemorySegment program, int cgroupFd, String what) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            MemorySegment link =
                    (MemorySegment) ATTACH_CGROUP.invokeExact(state, program, cgroupFd);
            return check(link, state, "bpf_program__attach_cgroup", what);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /**
     * {@code bpf_program__attach_iter} over the elements of a map. {@code what} is for the error.
     */
    static MemorySegment attachMapIter(MemorySegment program, int mapFd, String what) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            MemorySegment info = arena.allocate(ITER_LINK_INFO_BYTES);
            info.set(JAVA_INT, 0, mapFd);
            // struct bpf_iter_attach_opts: size, link info, its length
            MemorySegment options = arena.allocate(3 * Long.BYTES);
            options.set(JAVA_LONG, 0, options.byteSize());
            options.set(ADDRESS, 8, info);
            options.set(JAVA_INT, 16, (int) info.byteSize());
            MemorySegment link = (MemorySegment) ATTACH_ITER.invokeExact(state, program, options);
            return check(link, state, "bpf_program__attach_iter", what);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** {@code btf__load_vmlinux_btf}: the types of the running kernel. */
    static MemorySegment loadVmlinuxBtf() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            MemorySegment btf = (MemorySegment) LOAD_VMLINUX_BTF.invokeExact(state);
            return check(btf, state, "btf__load_vmlinux_btf", "");
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    private static MemorySegment check(
            MemorySegment pointer, MemorySegment state, String call, String arguments) {
        if (pointer.address() == 0) {
            throw new SystemCallException(call, arguments, (int) ERRNO.get(state, 0L));
        }
        return pointer;
    }

    private static AssertionError unexpected(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        return new AssertionError(thrown);
    }

    private static MethodHandle pointer(String name, MemoryLayout... parameters) {
        return LINKER.downcallHandle(
                NativeLibraries.libbpf().find(name).orElseThrow(),
                FunctionDescriptor.of(ADDRESS, parameters),
                Linker.Option.captureCallState("errno"));
    }
}

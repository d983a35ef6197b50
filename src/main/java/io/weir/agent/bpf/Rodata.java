package io.weir.agent.bpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.weir.agent.bpf.libbpf.Libbpf;
import io.weir.agent.bpf.libbpf.btf_type;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The {@code const volatile} variables of a BPF object, set between open and load. Their places come
 * from the object's own BTF. One thread; valid until the object loads.
 */
final class Rodata {

    /** {@code struct btf_var_secinfo}: type, offset, size. */
    private static final long SECINFO_BYTES = 12;

    private final MemorySegment btf;
    private final MemorySegment values;

    Rodata(MemorySegment btf, MemorySegment values) {
        this.btf = btf;
        this.values = values;
    }

    void set(String variable, boolean value) {
        values.set(JAVA_BYTE, offsetOf(variable, 1), (byte) (value ? 1 : 0));
    }

    void set(String variable, int value) {
        values.set(JAVA_INT, offsetOf(variable, Integer.BYTES), value);
    }

    void set(String variable, long value) {
        values.set(JAVA_LONG, offsetOf(variable, Long.BYTES), value);
    }

    private long offsetOf(String variable, int size) {
        try (Arena arena = Arena.ofConfined()) {
            int section =
                    Libbpf.btf__find_by_name_kind(
                            btf, arena.allocateFrom(".rodata"), Libbpf.BTF_KIND_DATASEC());
            if (section < 0) {
                throw new BpfException.InvalidObject("the BPF object has no .rodata in its BTF");
            }
            MemorySegment type = Btf.type(btf, section);
            int count = Btf.vlen(type);
            MemorySegment infos =
                    type.reinterpret(btf_type.sizeof() + count * SECINFO_BYTES)
                            .asSlice(btf_type.sizeof());
            for (long at = 0; at < infos.byteSize(); at += SECINFO_BYTES) {
                MemorySegment var = Btf.type(btf, infos.get(JAVA_INT, at));
                if (Btf.name(btf, btf_type.name_off(var)).equals(variable)) {
                    if (infos.get(JAVA_INT, at + 8) != size) {
                        throw new BpfException.InvalidObject(
                                variable + " in the BPF object has another size than " + size);
                    }
                    return infos.get(JAVA_INT, at + 4);
                }
            }
            throw new BpfException.InvalidObject("the BPF object has no variable " + variable);
        }
    }
}

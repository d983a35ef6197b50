package io.weir.agent.bpf;

import io.weir.agent.bpf.libbpf.Libbpf;
import io.weir.agent.bpf.libbpf.btf_member;
import io.weir.agent.bpf.libbpf.btf_type;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reading BTF, the kernel's type information: {@code Documentation/bpf/btf.rst}. Any thread. */
final class Btf {
    private static final int VLEN_MASK = 0xffff;

    private Btf() {}

    static MemorySegment type(MemorySegment btf, int id) {
        MemorySegment type = Libbpf.btf__type_by_id(btf, id);
        if (type.address() == 0) {
            throw new BpfException.InvalidObject("BTF has no type " + id);
        }
        return type.reinterpret(btf_type.sizeof());
    }

    /** Number of members, parameters or variables. */
    static int vlen(MemorySegment type) {
        return btf_type.info(type) & VLEN_MASK;
    }

    static String name(MemorySegment btf, int offset) {
        MemorySegment name = Libbpf.btf__name_by_offset(btf, offset);
        return name.address() == 0 ? "" : name.reinterpret(Long.MAX_VALUE).getString(0);
    }

    static Optional<MemorySegment> find(MemorySegment btf, String name, int kind) {
        try (Arena arena = Arena.ofConfined()) {
            int id = Libbpf.btf__find_by_name_kind(btf, arena.allocateFrom(name), kind);
            return id < 0 ? Optional.empty() : Optional.of(type(btf, id));
        }
    }

    /** Number of parameters of a kernel function, empty where BTF has no such function. */
    static Optional<Integer> parameters(MemorySegment btf, String function) {
        return find(btf, function, Libbpf.BTF_KIND_FUNC())
                .map(found -> vlen(type(btf, btf_type.type(found))));
    }

    /**
     * Compares a struct as the BPF object has it with the layout Java reads it by.
     *
     * @throws BpfException.InvalidObject naming the first field that differs
     */
    static void checkLayout(MemorySegment btf, String struct, MemoryLayout layout) {
        MemorySegment type =
                find(btf, struct, Libbpf.BTF_KIND_STRUCT())
                        .orElseThrow(() ->
                                new BpfException.InvalidObject(
                                        "the BPF object knows no struct " + struct));
        List<String> expected = fields((java.lang.foreign.GroupLayout) layout);
        List<String> found = new ArrayList<>();
        int count = vlen(type);
        MemorySegment members =
                type.reinterpret(btf_type.sizeof() + count * btf_member.sizeof())
                        .asSlice(btf_type.sizeof());
        for (int i = 0; i < count; i++) {
            MemorySegment member = btf_member.asSlice(members, i);
            int offset = btf_member.offset(member) / Byte.SIZE;
            long size = Libbpf.btf__resolve_size(btf, btf_member.type(member));
            String name = name(btf, btf_member.name_off(member));
            found.add(name + " at " + offset + ", " + size + " B");
        }
        if (!expected.equals(found)) {
            List<String> differing = new ArrayList<>(found);
            differing.removeAll(expected);
            throw new BpfException.InvalidObject(
                    "struct %s of the BPF object is not the one this agent reads: %s"
                            .formatted(struct, differing.isEmpty() ? found : differing));
        }
    }

    private static List<String> fields(java.lang.foreign.GroupLayout layout) {
        List<String> fields = new ArrayList<>();
        long offset = 0;
        for (MemoryLayout member : layout.memberLayouts()) {
            if (member.name().isPresent()) {
                fields.add(member.name().get() + " at " + offset + ", " + member.byteSize() + " B");
            }
            offset += member.byteSize();
        }
        return fields;
    }
}

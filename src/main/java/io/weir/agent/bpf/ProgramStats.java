package io.weir.agent.bpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.weir.agent.bpf.libbpf.Libbpf;
import io.weir.agent.bpf.libbpf.bpf_prog_info;
import io.weir.agent.sys.SystemCallException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * How often a program ran and what it cost: {@code kernel/bpf/syscall.c:bpf_prog_get_info_by_fd}.
 *
 * @param program its name in the BPF object
 * @param runs counted only while somebody holds BPF statistics enabled
 * @param runTimeNs of all runs together, likewise
 * @param recursionMisses runs skipped because the program was already running on that CPU; counted
 *     always, since Linux 5.12
 */
public record ProgramStats(String program, long runs, long runTimeNs, long recursionMisses) {
    static ProgramStats read(String program, int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = bpf_prog_info.allocate(arena);
            MemorySegment length = arena.allocate(JAVA_INT);
            length.set(JAVA_INT, 0, (int) info.byteSize());
            int result = Libbpf.bpf_obj_get_info_by_fd(fd, info, length);
            if (result < 0) {
                throw new SystemCallException("bpf_obj_get_info_by_fd", program, -result);
            }
            return new ProgramStats(
                    program,
                    bpf_prog_info.run_cnt(info),
                    bpf_prog_info.run_time_ns(info),
                    bpf_prog_info.recursion_misses(info));
        }
    }
}

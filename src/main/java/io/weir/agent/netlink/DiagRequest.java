package io.weir.agent.netlink;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Requests to dump TCP sockets, as the kernel reads them: {@code include/uapi/linux/inet_diag.h}. */
final class DiagRequest {
    /** {@code NLM_F_REQUEST | NLM_F_DUMP}. */
    private static final short REQUEST_DUMP = 0x301;

    private static final int HEADER = 16;

    /** {@code struct inet_diag_req_v2}. */
    private static final int V2_BYTES = 56;

    /** {@code struct inet_diag_req}. */
    private static final int OLD_BYTES = 60;

    private static final byte IPPROTO_TCP = 6;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int SEQUENCE = 8;

    private DiagRequest() {}

    /** What to send, one after the other. */
    static List<MemorySegment> of(DumpSettings settings, Arena arena) {
        return switch (settings.families()) {
            case BOTH -> List.of(anyFamily(settings, arena));
            case EACH ->
                    List.of(family(AF_INET, settings, arena), family(AF_INET6, settings, arena));
            case V4 -> List.of(family(AF_INET, settings, arena));
            case V6 -> List.of(family(AF_INET6, settings, arena));
        };
    }

    private static MemorySegment family(int family, DumpSettings settings, Arena arena) {
        MemorySegment request = header(MessageWalker.SOCK_DIAG_BY_FAMILY, V2_BYTES, arena);
        request.set(JAVA_BYTE, HEADER, (byte) family);
        request.set(JAVA_BYTE, HEADER + 1, IPPROTO_TCP);
        request.set(JAVA_BYTE, HEADER + 2, (byte) settings.extensions());
        request.set(JAVA_INT_UNALIGNED, HEADER + 4, settings.states());
        return request;
    }

    private static MemorySegment anyFamily(DumpSettings settings, Arena arena) {
        MemorySegment request = header(MessageWalker.TCPDIAG_GETSOCK, OLD_BYTES, arena);
        request.set(JAVA_BYTE, HEADER + 3, (byte) settings.extensions());
        request.set(JAVA_INT_UNALIGNED, HEADER + 52, settings.states());
        return request;
    }

    private static MemorySegment header(int type, int payload, Arena arena) {
        MemorySegment request = arena.allocate(HEADER + payload, Integer.BYTES);
        request.set(JAVA_INT_UNALIGNED, 0, HEADER + payload);
        request.set(JAVA_SHORT_UNALIGNED, 4, (short) type);
        request.set(JAVA_SHORT_UNALIGNED, 6, REQUEST_DUMP);
        return request;
    }

    /** Numbers a request: its answers bear the same number. */
    static void number(MemorySegment request, int sequence) {
        request.set(JAVA_INT_UNALIGNED, SEQUENCE, sequence);
    }
}

package io.weir.agent.netlink;

import java.util.List;

/** Numbers of {@code include/uapi/linux/inet_diag.h} and {@code sock_diag.h}. */
public final class DiagAttribute {
    public static final int MEMINFO = 1;
    public static final int INFO = 2;
    public static final int VEGASINFO = 3;
    public static final int CONG = 4;
    public static final int TOS = 5;
    public static final int TCLASS = 6;
    public static final int SKMEMINFO = 7;
    public static final int SHUTDOWN = 8;
    public static final int DCTCPINFO = 9;
    public static final int PROTOCOL = 10;
    public static final int SKV6ONLY = 11;

    /** An SCTP association's local addresses. */
    public static final int LOCALS = 12;

    /** An SCTP association's remote addresses. */
    public static final int PEERS = 13;

    /** Moves the next value to an address divisible by eight; empty. */
    public static final int PAD = 14;

    public static final int MARK = 15;
    public static final int BBRINFO = 16;
    public static final int CLASS_ID = 17;

    /** Keys of TCP MD5 signatures: known, and deliberately not read. */
    public static final int MD5SIG = 18;

    public static final int ULP_INFO = 19;

    /** What BPF programs keep with the socket: theirs. */
    public static final int SK_BPF_STORAGES = 20;

    public static final int CGROUP_ID = 21;
    public static final int SOCKOPT = 22;

    /** Of {@link SocketView#memInfo}: receive buffers. */
    public static final int RMEM = 0;

    /** Of {@link SocketView#memInfo}: queued to be sent. */
    public static final int WMEM = 1;

    /** Of {@link SocketView#memInfo}: allowed without asking again. */
    public static final int FMEM = 2;

    /** Of {@link SocketView#memInfo}: given to the layers below. */
    public static final int TMEM = 3;

    /** Of {@link SocketView#skMemInfo}: bytes in receive buffers. */
    public static final int RMEM_ALLOC = 0;

    /** Of {@link SocketView#skMemInfo}: their bound, {@code SO_RCVBUF}. */
    public static final int RCVBUF = 1;

    /** Of {@link SocketView#skMemInfo}: bytes given to the layers below. */
    public static final int WMEM_ALLOC = 2;

    /** Of {@link SocketView#skMemInfo}: bound of send buffers, {@code SO_SNDBUF}. */
    public static final int SNDBUF = 3;

    /** Of {@link SocketView#skMemInfo}: bytes allowed without asking again. */
    public static final int FWD_ALLOC = 4;

    /** Of {@link SocketView#skMemInfo}: bytes queued to be sent. */
    public static final int WMEM_QUEUED = 5;

    /** Of {@link SocketView#skMemInfo}: bytes of options. */
    public static final int OPTMEM = 6;

    /** Of {@link SocketView#skMemInfo}: bytes received while the socket was in use. */
    public static final int BACKLOG = 7;

    /** Of {@link SocketView#skMemInfo}: packets dropped; since Linux 4.6. */
    public static final int DROPS = 8;

    /** Keys of {@link SocketView#memInfo} by index: {@code idiag_rmem} … */
    public static final List<String> MEM_INFO_KEYS = List.of("rmem", "wmem", "fmem", "tmem");

    /** Keys of {@link SocketView#skMemInfo} by index: {@code SK_MEMINFO_RMEM_ALLOC} … */
    public static final List<String> SK_MEM_INFO_KEYS =
            List.of(
                    "rmemAlloc",
                    "rcvbuf",
                    "wmemAlloc",
                    "sndbuf",
                    "fwdAlloc",
                    "wmemQueued",
                    "optmem",
                    "backlog",
                    "drops");

    /** Keys of {@link SocketView#sockopt} by bit: {@code struct inet_diag_sockopt}. */
    public static final List<String> SOCKOPTS =
            List.of(
                    "recverr",
                    "isIcsk",
                    "freebind",
                    "hdrincl",
                    "mcLoop",
                    "transparent",
                    "mcAll",
                    "nodefrag",
                    "bindAddressNoPort",
                    "recverrRfc4884",
                    "deferConnect");

    /** The attributes' names as in the kernel, by number; 0 is none. */
    public static final List<String> NAMES =
            List.of(
                    "NONE",
                    "MEMINFO",
                    "INFO",
                    "VEGASINFO",
                    "CONG",
                    "TOS",
                    "TCLASS",
                    "SKMEMINFO",
                    "SHUTDOWN",
                    "DCTCPINFO",
                    "PROTOCOL",
                    "SKV6ONLY",
                    "LOCALS",
                    "PEERS",
                    "PAD",
                    "MARK",
                    "BBRINFO",
                    "CLASS_ID",
                    "MD5SIG",
                    "ULP_INFO",
                    "SK_BPF_STORAGES",
                    "CGROUP_ID",
                    "SOCKOPT");

    static final long KNOWN = (1L << (SOCKOPT + 1)) - 2;

    private static final int ANY = Integer.MAX_VALUE;
    private static final int[] MAX_LENGTHS = {
        0,
        16,
        TcpInfoField.BYTES,
        16,
        16,
        1,
        1,
        36,
        1,
        16,
        1,
        1,
        ANY,
        ANY,
        0,
        4,
        20,
        4,
        ANY,
        ANY,
        ANY,
        8,
        2
    };

    private DiagAttribute() {}

    /** Bytes of the attribute as far as this agent knows it. */
    static int maxLength(int type) {
        return MAX_LENGTHS[type];
    }
}

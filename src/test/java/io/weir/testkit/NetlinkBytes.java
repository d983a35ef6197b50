package io.weir.testkit;

import io.weir.agent.netlink.DiagAttribute;
import io.weir.net.IpAddress;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds netlink messages as the kernel would. */
public final class NetlinkBytes {
    private static final int ALIGNMENT = 4;
    private static final int HEADER = 16;

    private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16).order(ByteOrder.nativeOrder());
    private int message = -1;

    /** Begins a message; what follows until the next belongs to it. */
    public NetlinkBytes message(int type, int flags) {
        pad();
        message = bytes.position();
        bytes.putInt(HEADER).putShort((short) type).putShort((short) flags).putInt(7).putInt(99);
        return this;
    }

    /** Begins an IPv4 socket: 10.0.0.1:443 to 10.0.0.2:50000, ESTABLISHED. */
    public NetlinkBytes socket() {
        return socket(2, 1, "10.0.0.1", 443, "10.0.0.2", 50_000);
    }

    /** Begins a socket; numbers which tests compare with rise from the cookie on. */
    public NetlinkBytes socket(
            int family, int state, String local, int localPort, String remote, int remotePort) {
        message(20, 2);
        bytes.put((byte) family).put((byte) state).put((byte) 2).put((byte) 3);
        bytes.order(ByteOrder.BIG_ENDIAN).putShort((short) localPort).putShort((short) remotePort);
        bytes.put(Arrays.copyOf(address(family, local), 16));
        bytes.put(Arrays.copyOf(address(family, remote), 16));
        bytes.order(ByteOrder.nativeOrder()).putInt(4).putLong(0x8000_0000_0000_0005L);
        bytes.putInt(6).putInt(7).putInt(8).putInt(0xffff_fffe).putInt(10);
        return grow();
    }

    private static byte[] address(int family, String text) {
        IpAddress address = IpAddress.parse(text);
        return family == 2
                ? address.bytes()
                : ByteBuffer.allocate(16).putLong(address.high()).putLong(address.low()).array();
    }

    /** Appends an attribute to the message. */
    public NetlinkBytes attribute(int type, byte[] value) {
        pad();
        bytes.putShort((short) (value.length + 4)).putShort((short) type).put(value);
        return grow();
    }

    /** Appends an attribute of one byte. */
    public NetlinkBytes u8(int type, int value) {
        return attribute(type, new byte[] {(byte) value});
    }

    /** Appends an attribute of a two-byte number. */
    public NetlinkBytes u16(int type, int value) {
        byte[] bytes = {(byte) value, (byte) (value >>> 8)};
        return attribute(type, bytes);
    }

    /** Appends an attribute of four-byte numbers. */
    public NetlinkBytes u32(int type, long... values) {
        byte[] all = new byte[Integer.BYTES * values.length];
        ByteBuffer value = ByteBuffer.wrap(all).order(ByteOrder.nativeOrder());
        Arrays.stream(values).forEach(v -> value.putInt((int) v));
        return attribute(type, all);
    }

    /** Appends an attribute of an eight-byte number. */
    public NetlinkBytes u64(int type, long value) {
        return u32(type, value, value >>> 32);
    }

    /** Appends a text with its NUL. */
    public NetlinkBytes text(int type, String value) {
        return attribute(type, (value + "\0").getBytes(StandardCharsets.US_ASCII));
    }

    /** Appends {@code struct tcp_info}, its bytes 1, 2, 3 … */
    public NetlinkBytes tcpInfo(int length) {
        byte[] info = new byte[length];
        for (int i = 0; i < length; i++) {
            info[i] = (byte) (i + 1);
        }
        return attribute(DiagAttribute.INFO, info);
    }

    /** Appends every attribute a TCP socket can have, all congestion controls' at once. */
    public NetlinkBytes everyAttribute() {
        byte[] tls =
                new NetlinkBytes()
                        .u16(1, 0x0304)
                        .u16(2, 51)
                        .u16(3, 2)
                        .u16(4, 3)
                        .attribute(5, new byte[0])
                        .attribute(6, new byte[0])
                        .array();
        byte[] mptcp =
                new NetlinkBytes()
                        .u32(1, 0xffff_fff1L)
                        .u32(2, 22)
                        .u32(3, 23)
                        .u64(4, -24)
                        .u32(5, 25)
                        .u32(6, 26)
                        .u16(7, 27)
                        .u32(8, 28)
                        .u8(9, 29)
                        .u8(10, 30)
                        .array();
        byte[] ulp =
                new NetlinkBytes()
                        .text(1, "tls")
                        .attribute(2, tls)
                        .attribute(3 | 0x8000, mptcp)
                        .array();
        return u32(DiagAttribute.MEMINFO, 11, 12, 13, 14)
                .tcpInfo(280)
                .u32(DiagAttribute.VEGASINFO, 1, 31, 32, 33)
                .text(DiagAttribute.CONG, "cubic")
                .u8(DiagAttribute.TOS, 0xb8)
                .u8(DiagAttribute.TCLASS, 0xff)
                .u32(DiagAttribute.SKMEMINFO, 41, 42, 43, 44, 45, 46, 47, 48, 0xffff_ffffL)
                .u8(DiagAttribute.SHUTDOWN, 3)
                .u32(DiagAttribute.DCTCPINFO, 0x0002_0001, 51, 52, 53)
                .u8(DiagAttribute.PROTOCOL, 6)
                .u8(DiagAttribute.SKV6ONLY, 1)
                .attribute(DiagAttribute.LOCALS, new byte[128])
                .attribute(DiagAttribute.PEERS, new byte[128])
                .attribute(DiagAttribute.PAD, new byte[0])
                .u32(DiagAttribute.MARK, 0xf000_0001L)
                .u32(DiagAttribute.BBRINFO, 61, 0x8000_0000L, 62, 63, 64)
                .u32(DiagAttribute.CLASS_ID, 0x10001)
                .attribute(DiagAttribute.MD5SIG, new byte[100])
                .attribute(DiagAttribute.ULP_INFO, ulp)
                .attribute(DiagAttribute.SK_BPF_STORAGES, new byte[12])
                .u64(DiagAttribute.CGROUP_ID, -71)
                .attribute(DiagAttribute.SOCKOPT, new byte[] {0b0101_0110, 0b101});
    }

    private NetlinkBytes grow() {
        if (message >= 0) {
            bytes.putInt(message, bytes.position() - message);
        }
        return this;
    }

    private void pad() {
        while (bytes.position() % ALIGNMENT != 0) {
            bytes.put((byte) 0);
        }
    }

    /** What was built. */
    public byte[] array() {
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /** What was built, to be read in place. */
    public MemorySegment memory() {
        return MemorySegment.ofArray(array());
    }
}

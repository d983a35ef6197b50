package io.weir.testkit;

import io.weir.agent.netlink.capture.CaptureReader;
import io.weir.agent.netlink.capture.PcapWriter;
import io.weir.agent.netlink.capture.PcapWriter.Direction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Captured netlink traffic: real, and in every format that is read. */
public final class Captures {
    /** Idle loopback sockets of Linux 6.18: cubic, Reno and BBR, IPv4, IPv6 and mapped. */
    public static final Path LINUX_6_18 =
            Path.of("src", "test", "resources", "netlink", "linux-6.18.pcap");

    private Captures() {}

    public static byte[] linux618() {
        try {
            return Files.readAllBytes(LINUX_6_18);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code weir sockets --capture} writes it: one packet. */
    public static byte[] pcap(byte[] messages) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PcapWriter writer = new PcapWriter(out)) {
            writer.write(
                    Direction.RECEIVED,
                    CaptureReader.NETLINK_SOCK_DIAG,
                    1_700_000_000_123_456_789L,
                    MemorySegment.ofArray(messages),
                    0,
                    messages.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** A pcap with the link type and magic given, of the byte order given. */
    public static byte[] pcap(ByteOrder order, int magic, int linkType, byte[] messages) {
        byte[] file = new byte[24 + 16 + 16 + messages.length];
        ByteBuffer buffer = ByteBuffer.wrap(file).order(order);
        buffer.putInt(magic).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0);
        buffer.putInt(1 << 18).putInt(linkType);
        buffer.putInt(1).putInt(2).putInt(16 + messages.length).putInt(16 + messages.length);
        cooked(buffer, messages);
        return file;
    }

    /** A pcapng with one interface, one enhanced packet and a block nobody knows. */
    public static byte[] pcapng(ByteOrder order, int linkType, byte[] messages) {
        int packet = 16 + messages.length;
        int padded = (packet + 3) & -4;
        byte[] file = new byte[28 + 20 + 16 + 32 + padded];
        ByteBuffer buffer = ByteBuffer.wrap(file).order(order);
        buffer.putInt(0x0a0d0d0a).putInt(28).putInt(0x1a2b3c4d).putShort((short) 1);
        buffer.putShort((short) 0).putLong(-1).putInt(28);
        buffer.putInt(1).putInt(20).putShort((short) linkType).putShort((short) 0);
        buffer.putInt(0).putInt(20);
        buffer.putInt(0x0bad).putInt(16).putInt(0).putInt(16);
        buffer.putInt(6).putInt(32 + padded).putInt(0).putLong(0).putInt(packet).putInt(packet);
        cooked(buffer, messages);
        buffer.position(buffer.limit() - 4).order(order).putInt(32 + padded);
        return file;
    }

    private static void cooked(ByteBuffer buffer, byte[] messages) {
        buffer.order(ByteOrder.BIG_ENDIAN).putShort((short) 0).putShort((short) 824);
        buffer.putLong(0).putShort((short) 0).putShort((short) 4).put(messages);
    }
}

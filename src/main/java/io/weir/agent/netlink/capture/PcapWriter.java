package io.weir.agent.netlink.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes netlink traffic as a pcap that Wireshark, tcpdump and {@code weir decode} read: link type
 * NETLINK, nanoseconds, this machine's byte order.
 *
 * <p>Each packet is written whole or, if the stream fails, not to be relied on; give it a buffered
 * stream. One thread.
 */
public final class PcapWriter implements AutoCloseable {
    static final int MAGIC_US = 0xa1b2_c3d4;
    static final int MAGIC_NS = 0xa1b2_3c4d;

    private static final int HEADER = 24;
    private static final int RECORD = 16;
    private static final long NS_PER_S = 1_000_000_000L;

    private final OutputStream out;
    private final ByteBuffer headers =
            ByteBuffer.allocate(RECORD + CookedHeader.BYTES).order(ByteOrder.nativeOrder());
    private byte[] copy = new byte[0];

    /** Who sent a packet: {@code PACKET_*} of {@code linux/if_packet.h}. */
    public enum Direction {
        /** The kernel to a process. */
        RECEIVED(0),
        /** A process to the kernel. */
        SENT(4);

        private final int packetType;

        Direction(int packetType) {
            this.packetType = packetType;
        }
    }

    /**
     * Writes the file's header.
     *
     * @param out closed with this
     * @throws IOException from the stream
     */
    public PcapWriter(OutputStream out) throws IOException {
        this.out = out;
        ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.nativeOrder());
        header.putInt(MAGIC_NS).putShort((short) 2).putShort((short) 4);
        header.putInt(0).putInt(0).putInt(CaptureReader.MAX_PACKET).putInt(CookedHeader.LINK_TYPE);
        out.write(header.array());
    }

    /**
     * Appends a packet: what one call received or sent.
     *
     * @param netlinkFamily such as {@link CaptureReader#NETLINK_SOCK_DIAG}
     * @param unixNs when, nanoseconds since 1970
     * @throws IOException from the stream
     */
    public void write(
            Direction direction,
            int netlinkFamily,
            long unixNs,
            MemorySegment memory,
            long offset,
            int length)
            throws IOException {
        if (copy.length < length) {
            copy = new byte[length];
        }
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, offset, copy, 0, length);
        int packet = CookedHeader.BYTES + length;
        headers.clear().order(ByteOrder.nativeOrder());
        headers.putInt((int) Math.floorDiv(unixNs, NS_PER_S));
        headers.putInt((int) Math.floorMod(unixNs, NS_PER_S));
        headers.putInt(packet).putInt(packet).order(ByteOrder.BIG_ENDIAN);
        headers.putShort((short) direction.packetType).putShort(CookedHeader.ARPHRD_NETLINK);
        headers.putLong(0).putShort((short) 0).putShort((short) netlinkFamily);
        out.write(headers.array());
        out.write(copy, 0, length);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}

package io.weir.agent.netlink.capture;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;

/**
 * Reads captured netlink traffic, packet by packet: pcap, pcapng, or the bare bytes as a netlink
 * socket receives them.
 *
 * <p>A packet is what one call received or sent, or of bare bytes one message. {@link #next} goes to
 * the next; the other methods tell of it and hold until the next call. No packet is larger than
 * {@link #MAX_PACKET}, so memory is bounded whatever the file says.
 */
public abstract sealed class CaptureReader permits PcapReader, PcapngReader, RawReader {
    /** No packet has more bytes; the kernel's have 32 KiB. */
    public static final int MAX_PACKET = 16 << 20;

    /** Netlink family of socket diagnosis: {@code NETLINK_SOCK_DIAG}. */
    public static final int NETLINK_SOCK_DIAG = 4;

    final Input input;
    byte[] bytes = new byte[1 << 16];
    MemorySegment memory = MemorySegment.ofArray(bytes);
    int payloadFrom;
    int payloadTo;
    long packetAt;

    CaptureReader(Input input) {
        this.input = input;
    }

    /**
     * Looks at the first bytes and reads on accordingly. Buffers nothing beyond the current packet:
     * give it a buffered stream.
     *
     * @throws CaptureException if they begin no capture
     * @throws IOException from the stream
     */
    public static CaptureReader open(InputStream stream) throws IOException {
        Input input = new Input(stream);
        byte[] magic = new byte[Integer.BYTES];
        int read = input.readUpTo(magic, 0, magic.length);
        if (read == 0) {
            throw new CaptureException(0, "the file is empty");
        }
        if (read < magic.length) {
            throw new CaptureException(
                    0, "the file has " + read + " bytes, too few for any capture");
        }
        if (PcapReader.isMagic(magic)) {
            return new PcapReader(input, magic);
        }
        return PcapngReader.isMagic(magic) ? new PcapngReader(input) : new RawReader(input, magic);
    }

    /** Which format the file has, such as {@code pcap}. */
    public abstract String format();

    /**
     * Goes to the next packet.
     *
     * @return false at the end of the file
     * @throws CaptureException if the packet is not whole or cannot be one
     * @throws IOException from the stream
     */
    public abstract boolean next() throws IOException;

    /** Netlink family the packet is of, such as {@link #NETLINK_SOCK_DIAG}. */
    public abstract int netlinkFamily();

    /** Where the packet's netlink messages are. */
    public final MemorySegment memory() {
        return memory;
    }

    /** Offset of the first message in the memory. */
    public final int offset() {
        return payloadFrom;
    }

    /** Bytes of the messages. */
    public final int length() {
        return payloadTo - payloadFrom;
    }

    /** Offset in the file of what is at an offset in the memory. */
    public final long fileOffset(long memoryOffset) {
        return packetAt + memoryOffset;
    }

    /**
     * Reads a packet's bytes after those the memory already has.
     *
     * @param what for the message, such as {@code packet}
     */
    final void fill(int have, int length, String what) throws IOException {
        int at = have;
        while (at < length) {
            if (at == bytes.length) {
                // grows with what is there, not with what the file claims
                byte[] larger = new byte[(int) Math.min(length, bytes.length * 2L)];
                System.arraycopy(bytes, 0, larger, 0, at);
                bytes = larger;
                memory = MemorySegment.ofArray(bytes);
            }
            int read = input.readUpTo(bytes, at, Math.min(length, bytes.length) - at);
            at += read;
            if (at < length && at < bytes.length) {
                throw new CaptureException(
                        packetAt,
                        "the file ends within a " + what + " of " + length + " bytes, after " + at);
            }
        }
    }
}

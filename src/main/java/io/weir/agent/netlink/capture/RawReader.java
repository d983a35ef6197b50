package io.weir.agent.netlink.capture;

import static java.lang.Integer.toUnsignedLong;

import io.weir.agent.netlink.MessageWalker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Netlink messages one behind the other, as {@code recv} gives them: each its own packet. */
final class RawReader extends CaptureReader {
    private static final int ALIGNMENT = 4;

    private final byte[] length;
    private boolean first = true;

    /** @param first the four bytes already read */
    RawReader(Input input, byte[] first) {
        super(input);
        length = first;
    }

    @Override
    public String format() {
        return "netlink bytes";
    }

    @Override
    public boolean next() throws IOException {
        packetAt = first ? 0 : input.position();
        if (!first) {
            int read = input.readUpTo(length, 0, length.length);
            if (read == 0) {
                return false;
            }
            if (read < length.length) {
                throw new CaptureException(
                        packetAt, read + " bytes are left, less than a message's header");
            }
        }
        long claimed =
                toUnsignedLong(ByteBuffer.wrap(length).order(ByteOrder.nativeOrder()).getInt());
        if (claimed < MessageWalker.HEADER || claimed > MAX_PACKET) {
            throw new CaptureException(packetAt, wrongLength(claimed));
        }
        first = false;
        System.arraycopy(length, 0, bytes, 0, length.length);
        fill(length.length, (int) claimed, "message");
        payloadFrom = 0;
        payloadTo = (int) claimed;
        input.skipUpTo(-claimed & (ALIGNMENT - 1));
        return true;
    }

    private String wrongLength(long claimed) {
        return (first ? "this is neither pcap nor netlink: " : "")
                + "a message has length "
                + claimed
                + ", not one from 16 to "
                + MAX_PACKET;
    }

    @Override
    public int netlinkFamily() {
        return NETLINK_SOCK_DIAG;
    }
}

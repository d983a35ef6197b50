package io.weir.agent.netlink.capture;

import static java.lang.Short.toUnsignedInt;

import java.nio.ByteBuffer;

/**
 * What stands before each packet of link type {@code LINKTYPE_NETLINK}: packet type, {@code
 * ARPHRD_NETLINK}, ten bytes of nothing, and the netlink family, in network order.
 */
final class CookedHeader {
    static final int BYTES = 16;
    static final int LINK_TYPE = 253;
    static final short ARPHRD_NETLINK = 824;

    private int family;

    static void requireNetlink(long offset, int linkType) {
        if (linkType != LINK_TYPE) {
            throw new CaptureException(
                    offset,
                    "the link type is "
                            + linkType
                            + ", not 253 (NETLINK): capture an nlmon device");
        }
    }

    static void requireWhole(long offset, long captured, long original) {
        if (captured < BYTES || captured > CaptureReader.MAX_PACKET) {
            throw new CaptureException(
                    offset,
                    "a packet has length "
                            + captured
                            + ", not one from 16 to "
                            + CaptureReader.MAX_PACKET);
        }
        if (captured < original) {
            throw new CaptureException(
                    offset,
                    "a packet was cut to "
                            + captured
                            + " of "
                            + original
                            + " bytes: capture with a larger snapshot length");
        }
    }

    /** Reads the header at the beginning of the reader's memory; the rest is messages. */
    void read(CaptureReader reader, int length) {
        ByteBuffer header = ByteBuffer.wrap(reader.bytes, 0, BYTES);
        short hardware = header.getShort(2);
        if (hardware != ARPHRD_NETLINK) {
            throw new CaptureException(
                    reader.packetAt + 2,
                    "a packet is of hardware type " + toUnsignedInt(hardware) + ", not 824");
        }
        family = toUnsignedInt(header.getShort(14));
        reader.payloadFrom = BYTES;
        reader.payloadTo = length;
    }

    int family() {
        return family;
    }
}

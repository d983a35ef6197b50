package io.weir.agent.netlink.capture;

import static java.lang.Integer.toUnsignedLong;
import static java.lang.Short.toUnsignedInt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Classic pcap of either byte order, with µs or ns: {@code pcap-savefile(5)}. */
final class PcapReader extends CaptureReader {
    private static final int HEADER = 24;
    private static final int RECORD = 16;
    private static final int VERSION_MAJOR = 2;
    private static final int LINK_TYPE_MASK = 0x03ff_ffff;

    private final ByteOrder order;
    private final byte[] record = new byte[RECORD];
    private final CookedHeader cooked = new CookedHeader();

    /** @param magic the four bytes already read */
    PcapReader(Input input, byte[] magic) throws IOException {
        super(input);
        int big = ByteBuffer.wrap(magic).getInt();
        order =
                big == PcapWriter.MAGIC_US || big == PcapWriter.MAGIC_NS
                        ? ByteOrder.BIG_ENDIAN
                        : ByteOrder.LITTLE_ENDIAN;
        ByteBuffer header = ByteBuffer.allocate(HEADER - magic.length).order(order);
        if (input.readUpTo(header.array(), 0, header.capacity()) < header.capacity()) {
            throw new CaptureException(
                    0, "the file has " + input.position() + " bytes, less than a pcap's header");
        }
        int major = toUnsignedInt(header.getShort(0));
        if (major != VERSION_MAJOR) {
            throw new CaptureException(
                    Integer.BYTES, "this is pcap of version " + major + ", not 2");
        }
        CookedHeader.requireNetlink(HEADER - Integer.BYTES, header.getInt(16) & LINK_TYPE_MASK);
    }

    static boolean isMagic(byte[] bytes) {
        int magic = ByteBuffer.wrap(bytes).getInt();
        return isMagic(magic) || isMagic(Integer.reverseBytes(magic));
    }

    private static boolean isMagic(int magic) {
        return magic == PcapWriter.MAGIC_US || magic == PcapWriter.MAGIC_NS;
    }

    @Override
    public String format() {
        return "pcap";
    }

    @Override
    public boolean next() throws IOException {
        long recordAt = input.position();
        int read = input.readUpTo(record, 0, RECORD);
        if (read == 0) {
            return false;
        }
        if (read < RECORD) {
            throw new CaptureException(
                    recordAt, "the file ends within a record's header, after " + read + " bytes");
        }
        ByteBuffer header = ByteBuffer.wrap(record).order(order);
        long captured = toUnsignedLong(header.getInt(8));
        CookedHeader.requireWhole(recordAt, captured, toUnsignedLong(header.getInt(12)));
        packetAt = input.position();
        fill(0, (int) captured, "packet");
        cooked.read(this, (int) captured);
        return true;
    }

    @Override
    public int netlinkFamily() {
        return cooked.family();
    }
}

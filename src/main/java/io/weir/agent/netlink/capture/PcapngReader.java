package io.weir.agent.netlink.capture;

import static java.lang.Integer.toUnsignedLong;
import static java.lang.Short.toUnsignedInt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** The packets of a pcapng file, as Wireshark writes them; all else in it is passed over. */
final class PcapngReader extends CaptureReader {
    private static final int SECTION = 0x0a0d_0d0a;
    private static final int INTERFACE = 1;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;
    private static final int BYTE_ORDER_MAGIC = 0x1a2b_3c4d;

    /** Type and length before a block's body, length again behind it. */
    private static final int FRAME = 12;

    private static final int ALIGNMENT = 4;

    private final List<Integer> linkTypes = new ArrayList<>();
    private final CookedHeader cooked = new CookedHeader();
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private boolean started;

    /** The file's first four bytes are already read. */
    PcapngReader(Input input) {
        super(input);
    }

    static boolean isMagic(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getInt() == SECTION;
    }

    @Override
    public String format() {
        return "pcapng";
    }

    @Override
    public boolean next() throws IOException {
        while (true) {
            long blockAt = started ? input.position() : 0;
            Integer type = started ? type(blockAt) : Integer.valueOf(SECTION);
            if (type == null) {
                return false;
            }
            started = true;
            if (type == SECTION) {
                section(blockAt);
            } else if (block(blockAt, type)) {
                return true;
            }
        }
    }

    /** Null at the end of the file. */
    private Integer type(long blockAt) throws IOException {
        ByteBuffer four = ByteBuffer.allocate(Integer.BYTES).order(order);
        int read = input.readUpTo(four.array(), 0, four.capacity());
        if (read == 0) {
            return null;
        }
        requireAll(blockAt, read, four.capacity());
        return four.getInt(0);
    }

    private void section(long blockAt) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(8);
        requireAll(blockAt, input.readUpTo(start.array(), 0, 8), 8);
        int magic = start.getInt(4);
        if (magic != BYTE_ORDER_MAGIC && Integer.reverseBytes(magic) != BYTE_ORDER_MAGIC) {
            throw new CaptureException(blockAt + 8, "a pcapng section has no byte order");
        }
        order = magic == BYTE_ORDER_MAGIC ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        linkTypes.clear();
        long length = length(blockAt, start.order(order).getInt(0));
        long rest = Math.max(0, length - FRAME);
        requireAll(blockAt, input.skipUpTo(rest), rest);
    }

    /** Reads one block; whether it was a packet of netlink. */
    private boolean block(long blockAt, int type) throws IOException {
        ByteBuffer four = ByteBuffer.allocate(Integer.BYTES).order(order);
        requireAll(blockAt, input.readUpTo(four.array(), 0, four.capacity()), four.capacity());
        int body = (int) (length(blockAt, four.getInt(0)) - FRAME);
        packetAt = input.position();
        fill(0, body, "block");
        requireAll(blockAt, input.readUpTo(four.array(), 0, four.capacity()), four.capacity());
        ByteBuffer block = ByteBuffer.wrap(bytes, 0, body).order(order);
        return switch (type) {
            case INTERFACE -> {
                requireBody(blockAt, body, 8);
                linkTypes.add(toUnsignedInt(block.getShort(0)));
                yield false;
            }
            case ENHANCED_PACKET -> {
                requireBody(blockAt, body, 20);
                packet(blockAt, block, block.getInt(0), 12, 20);
                yield true;
            }
            case SIMPLE_PACKET -> {
                requireBody(blockAt, body, 4);
                simplePacket(blockAt, block);
                yield true;
            }
            default -> false;
        };
    }

    private void packet(long blockAt, ByteBuffer block, int iface, int lengths, int data) {
        requireInterface(blockAt, iface);
        long captured = toUnsignedLong(block.getInt(lengths));
        CookedHeader.requireWhole(
                blockAt, captured, toUnsignedLong(block.getInt(lengths + Integer.BYTES)));
        take(blockAt, block, data, captured);
    }

    private void simplePacket(long blockAt, ByteBuffer block) {
        requireInterface(blockAt, 0);
        long original = toUnsignedLong(block.getInt(0));
        long captured = Math.min(original, block.limit() - Integer.BYTES);
        CookedHeader.requireWhole(blockAt, captured, original);
        take(blockAt, block, Integer.BYTES, captured);
    }

    private void take(long blockAt, ByteBuffer block, int data, long captured) {
        if (captured > block.limit() - data) {
            throw new CaptureException(
                    blockAt, "a packet of " + captured + " bytes runs past its block");
        }
        System.arraycopy(bytes, data, bytes, 0, (int) captured);
        packetAt += data;
        cooked.read(this, (int) captured);
    }

    private void requireInterface(long blockAt, int iface) {
        if (iface < 0 || iface >= linkTypes.size()) {
            throw new CaptureException(blockAt, "a packet is of an interface nobody described");
        }
        CookedHeader.requireNetlink(blockAt, linkTypes.get(iface));
    }

    private static long length(long blockAt, int length) {
        long claimed = toUnsignedLong(length);
        if (claimed < FRAME || claimed > MAX_PACKET || claimed % ALIGNMENT != 0) {
            throw new CaptureException(
                    blockAt + 4,
                    "a block has length "
                            + claimed
                            + ", not a multiple of 4 from 12 to "
                            + MAX_PACKET);
        }
        return claimed;
    }

    private static void requireBody(long blockAt, int body, int least) {
        if (body < least) {
            throw new CaptureException(blockAt, "a block is too short: " + body + " bytes");
        }
    }

    private static void requireAll(long blockAt, long read, long wanted) {
        if (read < wanted) {
            throw new CaptureException(blockAt, "the file ends within a block");
        }
    }

    @Override
    public int netlinkFamily() {
        return cooked.family();
    }
}

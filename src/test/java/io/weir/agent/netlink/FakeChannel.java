package io.weir.agent.netlink;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A kernel that answers what a test has prepared; each request takes answers up to a dump's end. */
final class FakeChannel implements DiagChannel, NamespaceDump.Opener {
    static final int DUMP_INTR = 0x10;
    private static final int MULTI = 2;

    private final Deque<Object> answers = new ArrayDeque<>();
    final List<Integer> requestTypes = new ArrayList<>();
    int opened;
    int closed;
    private int sequence;

    /** The next answer: messages, whose sequence numbers are set when they are fetched. */
    FakeChannel answer(byte[]... messages) {
        answers.add(messages);
        return this;
    }

    FakeChannel fail(int errno) {
        answers.add(-errno);
        return this;
    }

    static byte[] socket(int flags, int state, int localPort) {
        return message(MessageWalker.TCPDIAG_GETSOCK, flags | MULTI, 72)
                .put(16, (byte) 2)
                .put(17, (byte) state)
                .order(ByteOrder.BIG_ENDIAN)
                .putShort(20, (short) localPort)
                .array();
    }

    static byte[] done() {
        return message(3, MULTI, 4).array();
    }

    static byte[] error(int errno) {
        return message(2, 0, 20).putInt(16, -errno).array();
    }

    static byte[] garbage() {
        return message(MessageWalker.TCPDIAG_GETSOCK, MULTI, 8).putInt(0, 4000).array();
    }

    private static ByteBuffer message(int type, int flags, int payload) {
        return ByteBuffer.allocate(16 + payload)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0, 16 + payload)
                .putShort(4, (short) type)
                .putShort(6, (short) flags);
    }

    @Override
    public DiagChannel open() {
        opened++;
        return this;
    }

    @Override
    public int send(MemorySegment request) {
        sequence = request.get(JAVA_INT_UNALIGNED, 8);
        requestTypes.add((int) request.get(JAVA_BYTE, 4));
        return 0;
    }

    @Override
    public int receive(MemorySegment buffer) {
        Object answer = answers.remove();
        if (answer instanceof Integer errno) {
            return errno;
        }
        int length = 0;
        for (byte[] message : (byte[][]) answer) {
            MemorySegment.copy(message, 0, buffer, JAVA_BYTE, length, message.length);
            buffer.set(JAVA_INT_UNALIGNED, length + 8, sequence);
            length += message.length;
        }
        return length;
    }

    @Override
    public void close() {
        closed++;
    }
}

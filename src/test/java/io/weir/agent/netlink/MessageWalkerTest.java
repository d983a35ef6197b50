package io.weir.agent.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.agent.netlink.MessageWalker.Kind;
import io.weir.testkit.NetlinkBytes;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class MessageWalkerTest {
    private static final int DONE = 3;
    private static final int ERROR = 2;

    private final MessageWalker walker = new MessageWalker();

    private MessageWalker over(byte[] bytes) {
        return walker.wrap(MemorySegment.ofArray(bytes), 0, bytes.length);
    }

    private static byte[] withInt(int type, int flags, int value) {
        byte[] head = new NetlinkBytes().message(type, flags).array();
        head[0] = 20;
        return ByteBuffer.allocate(20)
                .order(ByteOrder.nativeOrder())
                .put(head)
                .putInt(value)
                .array();
    }

    @Test
    void shouldTellWhatEachMessageIs() {
        byte[] bytes =
                new NetlinkBytes()
                        .socket()
                        .u8(5, 1)
                        .socket(10, 10, "::", 22, "::", 0)
                        .message(20, 0x301)
                        .message(1, 0)
                        .message(4, 0)
                        .message(16, 0)
                        .message(DONE, 2)
                        .array();

        over(bytes);

        assertThat(walker.next()).isEqualTo(Kind.SOCKET);
        assertThat(walker.offset()).isZero();
        assertThat(walker.length()).isEqualTo(93);
        assertThat(walker.sequence()).isEqualTo(7);
        assertThat(walker.portId()).isEqualTo(99);
        assertThat(walker.next()).isEqualTo(Kind.SOCKET);
        assertThat(walker.offset()).isEqualTo(96);
        assertThat(walker.next()).isEqualTo(Kind.REQUEST);
        assertThat(walker.next()).isEqualTo(Kind.NOOP);
        assertThat(walker.next()).isEqualTo(Kind.OVERRUN);
        assertThat(walker.next()).isEqualTo(Kind.FOREIGN);
        assertThat(walker.type()).isEqualTo(16);
        assertThat(walker.next()).isEqualTo(Kind.DONE);
        assertThat(walker.errno()).isZero();
        assertThat(walker.next()).isEqualTo(Kind.END);
        assertThat(walker.next()).isEqualTo(Kind.END);
    }

    @Test
    void shouldPassOverSocketsOfOtherFamilies() {
        byte[] bytes = new NetlinkBytes().socket().array();
        bytes[16] = 1;

        assertThat(over(bytes).next()).isEqualTo(Kind.FOREIGN);
    }

    @Test
    void shouldTellErrors() {
        assertThat(over(withInt(ERROR, 0, -13)).next()).isEqualTo(Kind.ERROR);
        assertThat(walker.errno()).isEqualTo(13);

        assertThat(over(withInt(DONE, 2, -105)).next()).isEqualTo(Kind.DONE);
        assertThat(walker.errno()).isEqualTo(105);

        assertThat(over(withInt(ERROR, 0, 0)).next()).isEqualTo(Kind.ERROR);
        assertThat(walker.errno()).isZero();
    }

    @Test
    void shouldRememberThatADumpWasInterrupted() {
        over(new NetlinkBytes().message(1, 16).message(DONE, 2).array());

        walker.next();
        walker.next();
        assertThat(walker.isInterrupted()).isTrue();

        assertThat(over(new byte[0]).isInterrupted()).isFalse();
    }

    @Test
    void shouldRefuseMessagesWhichDoNotLieWithinTheBuffer() {
        byte[] bytes = new NetlinkBytes().socket().message(DONE, 2).array();

        assertRefused(
                Arrays.copyOf(bytes, 95), 88, "7 bytes are left, less than a message's header");
        assertRefused(
                Arrays.copyOf(bytes, 80),
                0,
                "a message has length 88, not one from 16 to the 80 bytes left");
        assertRefused(
                new byte[64], 0, "a message has length 0, not one from 16 to the 64 bytes left");
        byte[] error = new NetlinkBytes().message(ERROR, 0).array();
        assertRefused(error, 0, "an error message has length 16, less than 20");
    }

    private void assertRefused(byte[] bytes, long offset, String message) {
        over(bytes);

        assertThatExceptionOfType(MalformedNetlinkException.class)
                .isThrownBy(() -> {
                    while (walker.next() != Kind.END) {}
                })
                .withMessage(message)
                .satisfies(e -> assertThat(e.offset()).isEqualTo(offset));
    }
}

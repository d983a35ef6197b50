package io.weir.cli.sockets;

import io.weir.agent.netlink.MalformedNetlinkException;
import io.weir.agent.netlink.MessageWalker;
import io.weir.agent.netlink.MessageWalker.Kind;
import io.weir.agent.netlink.SocketView;
import io.weir.testkit.NetlinkBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Decodes any bytes as what a netlink socket received. Only a fault with its offset may come of
 * them, and nothing that depends on what is in memory around them. Run by Jazzer: {@code
 * tools/fuzz}.
 */
public final class SocketFuzz {
    private static final int AROUND = 512;
    private static final int EARLIER = 4096;
    private static final int UNKNOWN = 60;

    private SocketFuzz() {}

    public static void fuzzerTestOneInput(byte[] received) {
        decode(received);
    }

    /** Decodes received bytes twice, among zeros and among ones, and returns what both gave. */
    static String decode(byte[] received) {
        String first = decode(received, (byte) 0);
        String second = decode(received, (byte) -1);
        if (!first.equals(second)) {
            throw new AssertionError("read outside the message:\n" + first + "\n" + second);
        }
        return first;
    }

    private static String decode(byte[] received, byte around) {
        byte[] bytes = new byte[received.length + 2 * AROUND];
        Arrays.fill(bytes, around);
        System.arraycopy(received, 0, bytes, AROUND, received.length);
        MemorySegment memory = MemorySegment.ofArray(bytes);
        SocketJson json = new SocketJson();
        StringBuilder text = new StringBuilder();
        try {
            walk(memory, received.length, dirty(around), json, text);
        } catch (MalformedNetlinkException e) {
            text.append(e.offset()).append(": ").append(e.getMessage());
            if (e.offset() < AROUND || e.offset() > AROUND + received.length) {
                throw new AssertionError("a fault outside the message: " + text);
            }
        }
        return text + text(json);
    }

    private static void walk(
            MemorySegment memory,
            int length,
            SocketView socket,
            SocketJson json,
            StringBuilder text) {
        MessageWalker walker = new MessageWalker().wrap(memory, AROUND, length);
        for (Kind kind = walker.next(); kind != Kind.END; kind = walker.next()) {
            text.append(kind).append(walker.type()).append(' ').append(walker.errno());
            if (kind == Kind.SOCKET) {
                socket.wrap(memory, walker.offset(), walker.length());
                text.append(socket.unknownAttributes()).append(socket.longerAttributes());
                json.append(socket, 1);
            }
        }
    }

    /** A view whose copy of an earlier message is full of a byte. */
    private static SocketView dirty(byte around) {
        byte[] earlier = new byte[EARLIER];
        Arrays.fill(earlier, around);
        byte[] message = new NetlinkBytes().socket().attribute(UNKNOWN, earlier).array();
        return new SocketView().wrap(MemorySegment.ofArray(message), 0, message.length);
    }

    private static String text(SocketJson json) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            json.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}

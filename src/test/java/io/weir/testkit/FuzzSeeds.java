package io.weir.testkit;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes what {@code tools/fuzz} begins with: whole messages and captures. */
public final class FuzzSeeds {
    private static final int NETLINK = 253;
    private static final int FIRST_PACKET = 24 + 16 + 16 + 72 + 16 + 16;

    private FuzzSeeds() {}

    /** Writes into two directories: for received messages, and for files. */
    public static void main(String[] arguments) throws IOException {
        Path messages = Files.createDirectories(Path.of(arguments[0]));
        Path files = Files.createDirectories(Path.of(arguments[1]));
        byte[] every = new NetlinkBytes().socket().everyAttribute().message(3, 2).array();
        byte[] bare =
                new NetlinkBytes().socket().socket(10, 10, "::1", 1, "::", 0).tcpInfo(104).array();
        byte[] real = Captures.linux618();
        byte[] received = new byte[real.length - FIRST_PACKET];
        System.arraycopy(real, FIRST_PACKET, received, 0, received.length);

        Files.write(messages.resolve("every"), every);
        Files.write(messages.resolve("bare"), bare);
        Files.write(messages.resolve("real"), received);
        Files.write(files.resolve("raw"), every);
        Files.write(files.resolve("pcap"), Captures.pcap(every));
        Files.write(files.resolve("real"), real);
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            Files.write(
                    files.resolve("pcap-" + order),
                    Captures.pcap(order, 0xa1b2c3d4, NETLINK, bare));
            Files.write(files.resolve("pcapng-" + order), Captures.pcapng(order, NETLINK, every));
        }
    }
}

package io.weir.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Two network namespaces joined by a veth pair, gone with {@link #close}.
 *
 * <p>Segments leave one by one (no GSO) and carry up to 9,000 bytes, so that a loss rate means
 * segments and a guest still moves tens of megabytes in seconds.
 */
public final class NetnsPair implements AutoCloseable {
    public static final String CLIENT_V4 = "10.77.0.1";
    public static final String SERVER_V4 = "10.77.0.2";
    public static final String CLIENT_V6 = "fd77::1";
    public static final String SERVER_V6 = "fd77::2";

    private final String client;
    private final String server;

    private NetnsPair(String prefix) {
        this.client = prefix + "-client";
        this.server = prefix + "-server";
    }

    public static NetnsPair open() throws IOException, InterruptedException {
        NetnsPair pair = new NetnsPair("weir" + ProcessHandle.current().pid());
        try {
            pair.build();
            return pair;
        } catch (IOException e) {
            pair.close();
            throw e;
        }
    }

    private void build() throws IOException, InterruptedException {
        Commands.require("ip netns add " + client);
        Commands.require("ip netns add " + server);
        Commands.require(
                "ip -n %s link add veth0 mtu 9000 gso_max_segs 1 type veth peer name veth0 mtu 9000 gso_max_segs 1 netns %s"
                        .formatted(client, server));
        configure(client, CLIENT_V4, CLIENT_V6);
        configure(server, SERVER_V4, SERVER_V6);
    }

    private static void configure(String netns, String v4, String v6)
            throws IOException, InterruptedException {
        Commands.require("ip -n %s addr add %s/24 dev veth0".formatted(netns, v4));
        Commands.require("ip -n %s addr add %s/64 dev veth0 nodad".formatted(netns, v6));
        Commands.require("ip -n %s link set lo up".formatted(netns));
        Commands.require("ip -n %s link set veth0 up".formatted(netns));
    }

    /**
     * Makes the path lose segments in both directions, with a round trip time of twice the delay.
     * Where the kernel lacks netem, nftables drops as many and nothing delays.
     */
    public void lose(int percent, int delayMs) throws IOException, InterruptedException {
        for (String netns : List.of(client, server)) {
            Commands.Result netem =
                    Commands.run(
                            List.of(
                                    "tc -n %s qdisc add dev veth0 root netem loss %d%% delay %dms limit 20000"
                                            .formatted(netns, percent, delayMs)
                                            .split(" ")));
            if (netem.output().contains("qdisc kind is unknown")) {
                dropByRule(netns, percent);
            } else if (!netem.ok()) {
                throw new IOException("netem: " + netem.output());
            }
        }
    }

    private static void dropByRule(String netns, int percent)
            throws IOException, InterruptedException {
        String nft = "ip netns exec " + netns + " nft ";
        Commands.require(nft + "add table inet weir");
        Commands.require(nft + "add chain inet weir in { type filter hook input priority 0 ; }");
        Commands.require(
                nft
                        + "add rule inet weir in meta l4proto tcp numgen random mod 100 < %d drop"
                                .formatted(percent));
    }

    /** Options of the generator for a client and a server on either side. */
    public List<String> options(String serverAddress) {
        return List.of(
                "--client-netns",
                path(client),
                "--server-netns",
                path(server),
                "--bind",
                serverAddress);
    }

    /** The client's namespace. */
    public Path client() {
        return Path.of(path(client));
    }

    /** The server's. */
    public Path server() {
        return Path.of(path(server));
    }

    private static String path(String netns) {
        return Path.of("/run/netns", netns).toString();
    }

    @Override
    public void close() throws IOException {
        try {
            for (String netns : List.of(client, server)) {
                Commands.run(List.of("ip", "netns", "del", netns));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

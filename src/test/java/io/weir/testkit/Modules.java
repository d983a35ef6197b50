package io.weir.testkit;

import java.io.IOException;
import java.util.List;

/** Kernel modules of the rows; a kernel without modules, or without one of them, says so itself. */
public final class Modules {
    private static final List<String> NAMES =
            List.of(
                    "tun",
                    "tls",
                    "veth",
                    "sch_netem",
                    "inet_diag",
                    "tcp_diag",
                    "tcp_bbr",
                    "tcp_dctcp",
                    "tcp_vegas");

    private Modules() {}

    public static void load() throws IOException, InterruptedException {
        for (String name : NAMES) {
            Commands.run(List.of("modprobe", "-q", name));
        }
    }
}

package io.weir.agent.netlink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The modules that dump TCP sockets, where they are modules. */
final class DiagModules {
    private DiagModules() {}

    /** Which of them is not loaded: {@code tcp_diag}, or {@code inet_diag} and with it that. */
    static String missing() {
        return missing(Path.of("/proc/modules"));
    }

    static String missing(Path loaded) {
        try {
            List<String> lines = Files.readAllLines(loaded);
            return lines.stream().anyMatch(line -> line.startsWith("inet_diag "))
                    ? "tcp_diag"
                    : "inet_diag or tcp_diag";
        } catch (IOException e) {
            return "inet_diag or tcp_diag";
        }
    }
}

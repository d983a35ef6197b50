package io.weir.cli.sockets;

import io.weir.agent.proc.NamespaceList;
import io.weir.agent.proc.NetworkNamespace;
import io.weir.agent.proc.ProcessTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Says what could not be seen and which right is missing, a sentence each. */
final class Visibility {
    private static final int MOST_NAMED = 3;

    private Visibility() {}

    static List<String> notices(SocketCollector collector, ProcessTable processes) {
        List<String> notices = new ArrayList<>();
        NamespaceList found = collector.found();
        if (found.hiddenProcesses() > 0) {
            notices.add(
                    ("the network namespaces of %s (%s) are invisible without CAP_SYS_PTRACE: "
                                    + "sockets there may be missing")
                            .formatted(processes(found.hiddenProcesses()), pids(found)));
        }
        if (!collector.forbidden().isEmpty()) {
            notices.add(
                    "%s cannot be entered without CAP_SYS_ADMIN: %s"
                            .formatted(
                                    namespaces(collector.forbidden().size()),
                                    names(collector.forbidden())));
        }
        collector
                .missed()
                .forEach((namespace, reason) -> {
                    if (!collector.forbidden().contains(namespace)) {
                        notices.add(
                                "network namespace " + name(namespace) + " is missing: " + reason);
                    }
                });
        if (!collector.incomplete().isEmpty()) {
            notices.add(
                    "sockets of %s may be missing, they changed too fast: %s"
                            .formatted(
                                    namespaces(collector.incomplete().size()),
                                    names(collector.incomplete())));
        }
        if (processes.hiddenProcesses() > 0) {
            notices.add(
                    "which sockets %s opened is invisible without CAP_SYS_PTRACE"
                            .formatted(processes(processes.hiddenProcesses())));
        }
        return notices;
    }

    private static String pids(NamespaceList found) {
        String sample =
                found.hiddenSample().stream()
                        .limit(MOST_NAMED)
                        .map(pid -> Long.toString(pid))
                        .collect(Collectors.joining(", "));
        return "pid " + sample + (found.hiddenProcesses() > MOST_NAMED ? " ..." : "");
    }

    private static String processes(int count) {
        return count == 1 ? "1 process" : count + " processes";
    }

    private static String namespaces(int count) {
        return count == 1 ? "1 network namespace" : count + " network namespaces";
    }

    private static String names(List<NetworkNamespace> namespaces) {
        String names =
                namespaces.stream()
                        .limit(MOST_NAMED)
                        .map(Visibility::name)
                        .collect(Collectors.joining(", "));
        return namespaces.size() > MOST_NAMED ? names + " ..." : names;
    }

    private static String name(NetworkNamespace namespace) {
        return namespace.name().isEmpty()
                ? Long.toString(namespace.inode())
                : namespace.name() + " (" + namespace.inode() + ")";
    }
}

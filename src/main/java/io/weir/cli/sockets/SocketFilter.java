package io.weir.cli.sockets;

import io.weir.agent.netlink.SocketView;
import io.weir.agent.proc.NamespaceList;
import io.weir.agent.proc.NetworkNamespace;
import io.weir.cli.observe.Cidr;
import io.weir.cli.observe.ProcessName;
import io.weir.net.IpAddress;
import io.weir.record.Owner;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which sockets to show: of several values of one kind any may match, of several kinds all have to.
 * An empty kind does not restrict.
 *
 * @param ports of either end
 * @param localPorts of this end
 * @param remotePorts of the other end
 * @param addresses of either end
 * @param namespaces by name or inode
 * @param processes that have the socket open
 */
public record SocketFilter(
        Set<Integer> ports,
        Set<Integer> localPorts,
        Set<Integer> remotePorts,
        List<Cidr> addresses,
        Set<String> namespaces,
        List<ProcessName> processes) {
    /** Copies. */
    public SocketFilter {
        ports = Set.copyOf(ports);
        localPorts = Set.copyOf(localPorts);
        remotePorts = Set.copyOf(remotePorts);
        addresses = List.copyOf(addresses);
        namespaces = Set.copyOf(namespaces);
        processes = List.copyOf(processes);
    }

    /** A namespace that was asked for and is not there. */
    public Optional<String> unknownNamespace(NamespaceList found) {
        return namespaces.stream()
                .filter(wanted ->
                        found.namespaces().stream()
                                .noneMatch(namespace ->
                                        wanted.equals(namespace.name())
                                                || wanted.equals(Long.toString(namespace.inode()))))
                .findFirst();
    }

    /** Whether to look into it. */
    public boolean matches(NetworkNamespace namespace) {
        return namespaces.isEmpty()
                || namespaces.contains(namespace.name())
                || namespaces.contains(Long.toString(namespace.inode()));
    }

    boolean matches(SocketView socket) {
        return (ports.isEmpty()
                        || ports.contains(socket.localPort())
                        || ports.contains(socket.remotePort()))
                && (localPorts.isEmpty() || localPorts.contains(socket.localPort()))
                && (remotePorts.isEmpty() || remotePorts.contains(socket.remotePort()))
                && (addresses.isEmpty()
                        || isWanted(socket.localAddress())
                        || isWanted(socket.remoteAddress()));
    }

    private boolean isWanted(IpAddress address) {
        return addresses.stream().anyMatch(block -> block.contains(address));
    }

    boolean matchesOwner(SocketRow row) {
        return processes.isEmpty()
                || (row.owner() != null
                        && processes.stream().anyMatch(process -> process.matches(owner(row))));
    }

    private static Owner owner(SocketRow row) {
        SocketView socket = row.socket();
        return new Owner(row.owner().pid(), socket.uid(), row.owner().comm(), socket.cgroupId());
    }
}

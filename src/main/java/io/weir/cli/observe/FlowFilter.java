package io.weir.cli.observe;

import io.weir.net.IpEndpoint;
import io.weir.record.Connection;
import io.weir.record.FlowRecord;
import io.weir.record.TcpState;
import java.util.List;
import java.util.Set;

/**
 * Which connections to show: of several values of one kind any may match, of several kinds all have
 * to. An empty kind does not restrict.
 *
 * @param ports of either end
 * @param localPorts of this end, or of the listener that accepted
 * @param remotePorts of the other end
 * @param addresses of either end
 * @param processes that own the socket
 * @param states at the end of the window
 * @param failed only attempts that failed
 */
public record FlowFilter(
        Set<Integer> ports,
        Set<Integer> localPorts,
        Set<Integer> remotePorts,
        List<Cidr> addresses,
        List<ProcessName> processes,
        Set<TcpState> states,
        boolean failed) {
    /** Everything. */
    public static final FlowFilter ALL =
            new FlowFilter(Set.of(), Set.of(), Set.of(), List.of(), List.of(), Set.of(), false);

    /** Copies. */
    public FlowFilter {
        ports = Set.copyOf(ports);
        localPorts = Set.copyOf(localPorts);
        remotePorts = Set.copyOf(remotePorts);
        addresses = List.copyOf(addresses);
        processes = List.copyOf(processes);
        states = Set.copyOf(states);
    }

    /** Whether to show it. */
    public boolean matches(FlowRecord record) {
        Connection connection = record.connection();
        IpEndpoint local = connection.local();
        IpEndpoint remote = connection.remote();
        return (ports.isEmpty() || ports.contains(local.port()) || ports.contains(remote.port()))
                && (localPorts.isEmpty() || localPorts.contains(local.port()))
                && (remotePorts.isEmpty() || remotePorts.contains(remote.port()))
                && (addresses.isEmpty() || touches(local) || touches(remote))
                && (processes.isEmpty() || isOwned(record))
                && (states.isEmpty() || states.contains(record.lifecycle().state()))
                && (!failed || record.lifecycle().failure() != null);
    }

    private boolean touches(IpEndpoint end) {
        return addresses.stream().anyMatch(block -> block.contains(end.address()));
    }

    private boolean isOwned(FlowRecord record) {
        return processes.stream().anyMatch(process -> process.matches(record.owner()));
    }
}

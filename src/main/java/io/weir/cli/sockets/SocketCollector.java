package io.weir.cli.sockets;

import io.weir.agent.netlink.SocketHandler;
import io.weir.agent.netlink.SocketView;
import io.weir.agent.proc.NamespaceList;
import io.weir.agent.proc.NetworkNamespace;
import io.weir.agent.proc.ProcessTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps the sockets of one round that a filter wants. Filled by the polling thread, read after. */
public final class SocketCollector implements SocketHandler {
    private final SocketFilter filter;
    private final SocketView shared = new SocketView();
    private final List<SocketRow> rows = new ArrayList<>();
    private final Map<NetworkNamespace, String> missed = new LinkedHashMap<>();
    private final List<NetworkNamespace> forbidden = new ArrayList<>();
    private final List<NetworkNamespace> incomplete = new ArrayList<>();
    private NamespaceList found;
    private NetworkNamespace current;
    private int before;

    public SocketCollector(SocketFilter filter) {
        this.filter = filter;
    }

    @Override
    public void onNamespaceStart(NetworkNamespace namespace, long startNs) {
        current = namespace;
        before = rows.size();
    }

    @Override
    public void onNamespaceRestart(NetworkNamespace namespace, long startNs) {
        rows.subList(before, rows.size()).clear();
    }

    @Override
    public void onSocket(long netns, SocketView socket, long receiveTimeNs) {
        if (filter.matches(socket)) {
            rows.add(SocketRow.of(netns, current.name(), socket, shared));
        }
    }

    @Override
    public void onNamespaceDone(
            NetworkNamespace namespace, long startNs, long endNs, boolean complete) {
        if (!complete && !missed.containsKey(namespace)) {
            incomplete.add(namespace);
        }
    }

    @Override
    public void onNamespaceMissed(NetworkNamespace namespace, Missed why, String reason) {
        if (why == Missed.VANISHED) {
            return;
        }
        missed.put(namespace, reason);
        if (why == Missed.NOT_PERMITTED) {
            forbidden.add(namespace);
        }
    }

    @Override
    public void onRoundDone(NamespaceList namespaces, long startNs, long endNs) {
        found = namespaces;
    }

    /** The sockets with the processes that have them open, as far as those match. */
    List<SocketRow> rows(ProcessTable processes) {
        List<SocketRow> owned = new ArrayList<>(rows.size());
        for (SocketRow row : rows) {
            SocketRow full =
                    row.socket().inode() == 0
                            ? row
                            : row.ownedBy(processes.owner(row.socket().inode()).orElse(null));
            if (filter.matchesOwner(full)) {
                owned.add(full);
            }
        }
        return owned;
    }

    /** All there are, wanted or not. */
    public NamespaceList found() {
        return found;
    }

    /** Those that may not be entered. */
    List<NetworkNamespace> forbidden() {
        return forbidden;
    }

    /** Those that could not be looked into and why, the forbidden ones included. */
    Map<NetworkNamespace, String> missed() {
        return missed;
    }

    /** Those of which sockets may be missing. */
    List<NetworkNamespace> incomplete() {
        return incomplete;
    }
}

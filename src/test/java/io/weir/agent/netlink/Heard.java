package io.weir.agent.netlink;

import io.weir.agent.proc.NamespaceList;
import io.weir.agent.proc.NetworkNamespace;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a handler is told. */
final class Heard implements SocketHandler {
    final List<String> lines = new ArrayList<>();

    @Override
    public void onNamespaceStart(NetworkNamespace namespace, long startNs) {
        lines.add("start " + namespace.inode());
    }

    @Override
    public void onNamespaceRestart(NetworkNamespace namespace, long startNs) {
        lines.add("restart " + namespace.inode());
    }

    @Override
    public void onSocket(long netns, SocketView socket, long receiveTimeNs) {
        lines.add("socket " + netns + ":" + socket.localPort());
    }

    @Override
    public void onNamespaceDone(
            NetworkNamespace namespace, long startNs, long endNs, boolean complete) {
        lines.add((complete ? "complete " : "incomplete ") + namespace.inode());
    }

    @Override
    public void onNamespaceMissed(NetworkNamespace namespace, Missed missed, String reason) {
        lines.add(missed + " " + namespace.inode() + ": " + reason);
    }

    @Override
    public void onRoundDone(NamespaceList found, long startNs, long endNs) {
        lines.add("round");
    }
}

package io.weir.agent.sink.stdout;

import io.weir.net.IpEndpoint;
import io.weir.record.Connection;
import io.weir.record.Role;

/** Both ends of a connection on one line, the arrow pointing from client to server. */
final class Ends {
    private final Look look;

    Ends(Look look) {
        this.look = look;
    }

    /**
     * As much as fits: both ends; then without this end's address; then without the port that means
     * least, the client's; and at last with the middle of the other address left out.
     */
    String text(Connection connection, int width) {
        String arrow = " " + arrow(connection.role()) + " ";
        IpEndpoint remote = connection.remote();
        String full = connection.local() + arrow + remote;
        if (!look.clip() || full.length() <= width) {
            return full;
        }
        String port = ":" + connection.local().port() + arrow;
        if (port.length() + remote.toString().length() <= width) {
            return port + remote;
        }
        return switch (connection.role()) {
            case CLIENT -> shortened(arrow.stripLeading(), remote.toString(), width);
            case SERVER -> shortened(port, remote.address().toString(), width);
            case UNKNOWN -> shortened(port, remote.toString(), width);
        };
    }

    private String arrow(Role role) {
        return switch (role) {
            case CLIENT -> look.outgoing();
            case SERVER -> look.incoming();
            case UNKNOWN -> look.unknown();
        };
    }

    /** The end with the middle of its address left out; a port always stays. */
    private String shortened(String before, String end, int width) {
        int room = width - before.length();
        if (end.length() <= room) {
            return before + end;
        }
        int portAt = end.indexOf(']') >= 0 ? end.indexOf(']') : end.lastIndexOf(':');
        boolean hasPort = end.indexOf('.') >= 0 ? portAt > 0 : end.indexOf(']') >= 0;
        int stays = hasPort ? portAt : end.length();
        int kept = Math.max(room - (end.length() - stays) - look.ellipsis().length(), 2);
        return before
                + end.substring(0, (kept + 1) / 2)
                + look.ellipsis()
                + end.substring(stays - kept / 2);
    }
}

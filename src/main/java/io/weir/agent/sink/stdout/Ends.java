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
     * As much as fits: both ends, then the local port and the remote end, then (for a client, whose
     * port means little) the remote end, and at last that with its middle left out.
     */
    String text(Connection connection, int width) {
        String arrow = arrow(connection.role());
        IpEndpoint remote = connection.remote();
        String full = connection.local() + " " + arrow + " " + remote;
        if (!look.clip() || full.length() <= width) {
            return full;
        }
        String withPort = ":" + connection.local().port() + " " + arrow + " ";
        if (withPort.length() + remote.toString().length() <= width) {
            return withPort + remote;
        }
        String before = connection.role() == Role.CLIENT ? arrow + " " : withPort;
        return before + shortened(remote, width - before.length());
    }

    private String arrow(Role role) {
        return switch (role) {
            case CLIENT -> look.outgoing();
            case SERVER -> look.incoming();
            case UNKNOWN -> look.unknown();
        };
    }

    /** The endpoint with the middle of its address left out; the port always stays. */
    private String shortened(IpEndpoint endpoint, int width) {
        String text = endpoint.toString();
        if (text.length() <= width) {
            return text;
        }
        int portAt = text.lastIndexOf(':');
        int end = text.charAt(portAt - 1) == ']' ? portAt - 1 : portAt;
        int kept = Math.max(width - (text.length() - end) - look.ellipsis().length(), 2);
        int head = Math.min((kept + 1) / 2, end);
        int tail = Math.min(kept / 2, end - head);
        return text.substring(0, head) + look.ellipsis() + text.substring(end - tail);
    }
}

package io.weir.record;

import io.weir.net.IpEndpoint;
import java.util.Objects;

/**
 * Who talks to whom. Within one boot, {@code (netns, cookie, openedNs)} names a connection; a
 * socket may connect again, so the cookie alone does not.
 *
 * @param local {@code sock_common.skc_rcv_saddr} and {@code inet_sock.inet_sport}
 * @param remote {@code sock_common.skc_daddr} and {@code skc_dport}
 * @param listen the listener which accepted it, possibly on a wildcard address; null for clients
 *     and where no listener was seen
 * @param netns inode number of the network namespace, {@code net.ns.inum}
 * @param cookie {@code sock_common.skc_cookie}, also told by {@code INET_DIAG}; unsigned
 * @param v4Mapped an IPv6 socket which speaks IPv4
 * @param mptcp a subflow of a Multipath TCP connection: bytes are the subflow's
 */
public record Connection(
        IpEndpoint local,
        IpEndpoint remote,
        IpEndpoint listen,
        Role role,
        long netns,
        long cookie,
        boolean v4Mapped,
        boolean mptcp) {
    /** @throws NullPointerException naming the part which is missing */
    public Connection {
        Objects.requireNonNull(local, "local");
        Objects.requireNonNull(remote, "remote");
        Objects.requireNonNull(role, "role");
    }
}

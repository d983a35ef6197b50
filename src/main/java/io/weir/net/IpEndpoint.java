package io.weir.net;

import java.util.Objects;

/**
 * One end of a TCP connection: where packets are addressed to.
 *
 * @param port TCP port, 0 to 65535; 0 when not bound yet
 */
public record IpEndpoint(IpAddress address, int port) {
    /** @throws IllegalArgumentException if the port is out of range */
    public IpEndpoint {
        Objects.requireNonNull(address, "address");
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port is 0 to 65535: port=" + port);
        }
    }

    /** {@code 10.1.2.3:80} or {@code [2001:db8::1]:80}. */
    @Override
    public String toString() {
        return address.isV4() ? address + ":" + port : "[" + address + "]:" + port;
    }
}

package io.weir.agent.flow;

import io.weir.agent.event.TcpEventView;
import io.weir.net.IpAddress;
import io.weir.net.IpEndpoint;
import java.util.Arrays;

/**
 * Who listens where: names the listener a server's connection came through.
 *
 * <p>One entry a listening socket, found by looking at all of a node's, which are few. Bounded: the
 * listeners beyond are not named. Flow thread.
 */
final class ListenerTable {
    private static final int BOUND = 1 << 14;

    private long[] places = new long[64];
    private long[] cookies = new long[64];
    private IpEndpoint[] endpoints = new IpEndpoint[64];
    private int size;

    int size() {
        return size;
    }

    /** A listener appeared or went. */
    void update(TcpEventView event) {
        long place = place(event.netns(), event.localPort());
        int at = indexOf(place, event.cookie());
        if (event.isClosed()) {
            remove(at);
        } else if (at < 0) {
            add(place, event);
        }
    }

    /**
     * The listener which accepts for a local address: on exactly it, else on every address, that of
     * the socket's own family before the other; null if none is known.
     */
    IpEndpoint find(TcpEventView accepted) {
        long place = place(accepted.netns(), accepted.localPort());
        IpEndpoint found = null;
        for (int i = 0; i < size; i++) {
            if (places[i] == place) {
                IpAddress address = endpoints[i].address();
                if (address.low() == accepted.localAddressLow()
                        && address.high() == accepted.localAddressHigh()) {
                    return endpoints[i];
                }
                boolean sameFamily = accepted.isInet6() == address.equals(IpAddress.ANY_V6);
                if (address.isAny() && (found == null || sameFamily)) {
                    found = endpoints[i];
                }
            }
        }
        return found;
    }

    private int indexOf(long place, long cookie) {
        for (int i = 0; i < size; i++) {
            if (places[i] == place && cookies[i] == cookie) {
                return i;
            }
        }
        return -1;
    }

    private void add(long place, TcpEventView event) {
        if (size == BOUND) {
            return;
        }
        if (size == places.length) {
            places = Arrays.copyOf(places, 2 * size);
            cookies = Arrays.copyOf(cookies, 2 * size);
            endpoints = Arrays.copyOf(endpoints, 2 * size);
        }
        places[size] = place;
        cookies[size] = event.cookie();
        endpoints[size++] = new IpEndpoint(event.localAddress(), event.localPort());
    }

    private void remove(int at) {
        if (at >= 0) {
            size--;
            places[at] = places[size];
            cookies[at] = cookies[size];
            endpoints[at] = endpoints[size];
            endpoints[size] = null;
        }
    }

    private static long place(long netns, int port) {
        return netns << 16 | port;
    }
}

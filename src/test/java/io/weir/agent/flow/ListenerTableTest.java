package io.weir.agent.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.event.TcpEventView;
import io.weir.agent.event.TcpEventWriter;
import io.weir.agent.event.abi.TcpEventAbi;
import io.weir.net.IpAddress;
import io.weir.net.IpEndpoint;
import org.junit.jupiter.api.Test;

class ListenerTableTest {
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;

    private final ListenerTable table = new ListenerTable();

    @Test
    void shouldPreferTheExactAddress() {
        listen(1, "0.0.0.0", 80);
        listen(2, "10.0.0.1", 80);
        listen(3, "::", 80);

        assertThat(find(AF_INET, "10.0.0.1", 80)).hasToString("10.0.0.1:80");
        assertThat(find(AF_INET, "10.0.0.2", 80)).hasToString("0.0.0.0:80");
    }

    @Test
    void shouldPreferTheWildcardOfTheSocketsFamily() {
        listen(1, "::", 80);
        listen(2, "0.0.0.0", 80);

        assertThat(find(AF_INET6, "10.0.0.1", 80)).hasToString("[::]:80");
        assertThat(find(AF_INET, "10.0.0.1", 80)).hasToString("0.0.0.0:80");
        assertThat(find(AF_INET6, "2001:db8::1", 80)).hasToString("[::]:80");
    }

    @Test
    void shouldTakeTheOtherFamilysWildcardIfItIsTheOnlyOne() {
        listen(1, "::", 80);

        assertThat(find(AF_INET, "10.0.0.1", 80)).hasToString("[::]:80");
    }

    @Test
    void shouldKnowNobodyOnAnotherPortOrInAnotherNamespace() {
        listen(1, "0.0.0.0", 80);

        assertThat(find(AF_INET, "10.0.0.1", 81)).isNull();
        assertThat(table.find(event(9, AF_INET, "10.0.0.1", 80, 0).wrap(2))).isNull();
    }

    @Test
    void shouldForgetAListenerWhenItsLastSocketGoes() {
        listen(1, "0.0.0.0", 80);
        listen(1, "0.0.0.0", 80);
        listen(2, "0.0.0.0", 80);

        unlisten(1, "0.0.0.0", 80);
        unlisten(1, "0.0.0.0", 80);
        assertThat(find(AF_INET, "10.0.0.1", 80)).isNotNull();

        unlisten(2, "0.0.0.0", 80);
        assertThat(find(AF_INET, "10.0.0.1", 80)).isNull();
        assertThat(table.size()).isZero();
    }

    @Test
    void shouldHoldManyListenersAndNotGrowForever() {
        for (int i = 0; i < 20_000; i++) {
            listen(i, "0.0.0.0", 1 + i);
        }

        assertThat(find(AF_INET, "10.0.0.1", 1_000)).hasToString("0.0.0.0:1000");
        assertThat(table.size()).isEqualTo(1 << 14);
    }

    private void listen(long cookie, String address, int port) {
        table.update(event(cookie, AF_INET, address, port, TcpEventAbi.WEIR_OPENED()).wrap(1));
    }

    private void unlisten(long cookie, String address, int port) {
        table.update(event(cookie, AF_INET, address, port, TcpEventAbi.WEIR_CLOSED()).wrap(1));
    }

    private IpEndpoint find(int family, String address, int port) {
        return table.find(event(99, family, address, port, 0).wrap(1));
    }

    private static Listening event(long cookie, int family, String address, int port, int flags) {
        return netns -> {
            TcpEventWriter event = new TcpEventWriter();
            event.cookie(cookie).family(family).localPort(port).flags(flags).netns(netns);
            event.localAddr(IpAddress.parse(address));
            return new TcpEventView().wrap(event.memory(), 0);
        };
    }

    private interface Listening {
        TcpEventView wrap(long netns);
    }
}

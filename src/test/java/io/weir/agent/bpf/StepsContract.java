package io.weir.agent.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.event.TcpEventView;
import io.weir.config.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every step owes, wherever it can be attached. */
abstract class StepsContract {
    private static final int SENT = 12_345;
    private static final int ANSWERED = 54_321;

    /** The step under test. */
    abstract Step step();

    @Test
    void shouldTellBothEndsOfAConnectionToTheByte() {
        try (ProbeHarness harness = ProbeHarness.attach(step())) {
            int clientPort;
            int serverPort;
            try (Exchange exchange = new Exchange()) {
                clientPort = exchange.clientPort();
                serverPort = exchange.serverPort();
                exchange.clientSends(SENT);
                exchange.serverSends(ANSWERED);
            }

            TcpEventView client = onlyClose(harness, clientPort);
            TcpEventView server = onlyClose(harness, serverPort);

            assertThat(harness.probe().plan().steps().values()).containsOnly(step());
            assertThat(client.payloadSent()).isEqualTo(SENT);
            assertThat(client.payloadReceived()).isEqualTo(ANSWERED);
            assertThat(server.payloadSent()).isEqualTo(ANSWERED);
            assertThat(server.payloadReceived()).isEqualTo(SENT);
            assertThat(client.isClient()).isTrue();
            assertThat(server.isServer()).isTrue();
            assertThat(client.isLocalFirst()).isTrue();
            assertThat(server.isRemoteFirst()).isTrue();
            assertThat(opened(harness, clientPort)).isEqualTo(1);
            assertThat(opened(harness, serverPort)).isEqualTo(1);
            assertThat(client.netns()).isNotZero();
            assertThat(client.cookie()).isNotZero().isNotEqualTo(server.cookie());
            assertThat(client.openNs()).isPositive().isLessThanOrEqualTo(client.establishedNs());
            assertThat(harness.probe().losses()).containsOnly(0);
        }
    }

    @Test
    void shouldNameTheOwnerUnlessTheStepCannotKnow() {
        try (ProbeHarness harness = ProbeHarness.attach(step())) {
            int clientPort;
            int serverPort;
            try (Exchange exchange = new Exchange()) {
                clientPort = exchange.clientPort();
                serverPort = exchange.serverPort();
                exchange.clientSends(SENT);
                exchange.serverSends(ANSWERED);
            }

            long expected = step() == Step.SOCKOPS ? 0 : ProcessHandle.current().pid();

            assertThat(onlyClose(harness, clientPort).pid()).isEqualTo(expected);
            assertThat(onlyClose(harness, serverPort).pid()).isEqualTo(expected);
        }
    }

    @Test
    void shouldTellOfARefusedConnectWithItsReason() throws Exception {
        try (ProbeHarness harness = ProbeHarness.attach(step())) {
            int port;
            try (java.net.ServerSocket free = new java.net.ServerSocket(0)) {
                port = free.getLocalPort();
            }
            org.assertj.core.api.Assertions.assertThatThrownBy(() ->
                            new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), port)
                                    .close())
                    .isInstanceOf(java.net.ConnectException.class);

            List<TcpEventView> failed = harness.events(e -> e.remotePort() == port);

            assertThat(failed).hasSize(1);
            assertThat(failed.getFirst().isFailed()).isTrue();
            assertThat(failed.getFirst().isOpened()).isTrue();
            assertThat(failed.getFirst().errno()).isEqualTo(io.weir.agent.sys.Errno.ECONNREFUSED);
        }
    }

    @Test
    void shouldReportABusySocketOnlyOncePerInterval() {
        try (ProbeHarness harness = ProbeHarness.attach(step())) {
            try (Exchange exchange = new Exchange()) {
                int clientPort = exchange.clientPort();
                for (int i = 0; i < 200; i++) {
                    exchange.clientSends(100);
                }

                int reports = harness.events(e -> e.localPort() == clientPort).size();

                assertThat(reports).isBetween(1, 4);
            }
        }
    }

    @Test
    void shouldSweepWhatNoHookWasDueToTell() {
        try (ProbeHarness harness = ProbeHarness.attach(step())) {
            try (Exchange exchange = new Exchange()) {
                int clientPort = exchange.clientPort();
                exchange.clientSends(100);
                exchange.clientSends(SENT);

                harness.probe().sweep();

                List<TcpEventView> told = harness.events(e -> e.localPort() == clientPort);
                if (harness.probe().plan().has(Companion.SWEEP)) {
                    assertThat(told.getLast().payloadSent()).isEqualTo(100 + SENT);
                } else {
                    assertThat(
                                    harness.probe().plan().state() == StatePlace.HASH_MAP
                                            || step() == Step.SOCKOPS)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void shouldTellOfAListener() {
        try (ProbeHarness harness = ProbeHarness.attach(step())) {
            int port;
            try (Exchange exchange = new Exchange()) {
                port = exchange.serverPort();
            }

            List<TcpEventView> listener =
                    harness.events(e -> e.isListen() && e.localPort() == port);

            if (step() == Step.KPROBE || step() == Step.FENTRY) {
                assertThat(listener).isEmpty(); // a listener comes without tcp_set_state
            } else {
                assertThat(listener).hasSize(2);
                assertThat(listener.getFirst().isOpened()).isTrue();
                assertThat(listener.getLast().isClosed()).isTrue();
            }
        }
    }

    private static TcpEventView onlyClose(ProbeHarness harness, int port) {
        List<TcpEventView> closes =
                harness.events(e -> e.localPort() == port && e.isClosed() && !e.isListen());
        assertThat(closes).hasSize(1);
        return closes.getFirst();
    }

    private static long opened(ProbeHarness harness, int port) {
        return harness.events(e -> e.localPort() == port && e.isOpened() && !e.isListen()).size();
    }
}

package io.weir.agent.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.event.TcpEventView;
import io.weir.agent.event.TcpEventWriter;
import io.weir.agent.event.abi.TcpEventAbi;
import io.weir.record.CloseKind;
import io.weir.record.ClosedBy;
import io.weir.record.Failure;
import io.weir.record.TcpState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndingsTest {
    private final TcpEventWriter event = new TcpEventWriter();
    private final TcpEventView view = new TcpEventView().wrap(event.memory(), 0);

    @ParameterizedTest
    @CsvSource({
        "0, 0, ABANDONED",
        "111, 0, REFUSED",
        "110, 113, TIMED_OUT",
        "104, 0, RESET",
        "32, 0, RESET",
        "113, 0, UNREACHABLE",
        "101, 0, UNREACHABLE",
        "100, 0, UNREACHABLE",
        "112, 0, UNREACHABLE",
        "0, 113, UNREACHABLE",
        "13, 0, OTHER"
    })
    void shouldNameWhyAConnectFailed(int err, int errSoft, Failure failure) {
        event.err(err).errSoft(errSoft);

        assertThat(Endings.failure(view)).isEqualTo(failure);
    }

    @ParameterizedTest
    @CsvSource({
        // errno, state before, states entered, first FIN, kind, by
        "0, LAST_ACK, CLOSE_WAIT, REMOTE, FIN, REMOTE",
        "0, FIN_WAIT2, FIN_WAIT1, LOCAL, FIN, LOCAL",
        "0, CLOSING, FIN_WAIT1, UNKNOWN, FIN, UNKNOWN",
        "0, TIME_WAIT, FIN_WAIT1, LOCAL, FIN, LOCAL",
        "0, FIN_WAIT2, ESTABLISHED, LOCAL, FIN, LOCAL",
        "0, ESTABLISHED, ESTABLISHED, UNKNOWN, RST, LOCAL",
        "0, SYN_RECV, SYN_RECV, UNKNOWN, RST, LOCAL",
        "0, CLOSE_WAIT, CLOSE_WAIT, REMOTE, RST, LOCAL",
        "104, ESTABLISHED, ESTABLISHED, UNKNOWN, RST, REMOTE",
        "104, FIN_WAIT2, FIN_WAIT1, LOCAL, RST, REMOTE",
        "32, CLOSE_WAIT, CLOSE_WAIT, REMOTE, RST, REMOTE",
        "111, SYN_RECV, SYN_RECV, UNKNOWN, RST, REMOTE",
        "103, ESTABLISHED, ESTABLISHED, UNKNOWN, RST, LOCAL",
        "110, ESTABLISHED, ESTABLISHED, UNKNOWN, TIMEOUT, LOCAL",
        "113, FIN_WAIT1, FIN_WAIT1, LOCAL, TIMEOUT, LOCAL",
    })
    void shouldNameHowAConnectionEnded(
            int err,
            TcpState before,
            TcpState entered,
            ClosedBy first,
            CloseKind kind,
            ClosedBy by) {
        event.err(err).oldState(before.number()).states(entered.bit()).flags(firstFin(first));

        assertThat(Endings.closeKind(view)).isEqualTo(kind);
        assertThat(Endings.closedBy(view)).isEqualTo(by);
    }

    @Test
    void shouldNotTakeAnOldSoftErrorForTheEndOfAConnection() {
        event.errSoft(113).oldState(TcpState.LAST_ACK.number()).states(TcpState.CLOSE_WAIT.bit());

        assertThat(Endings.closeKind(view)).isEqualTo(CloseKind.FIN);
    }

    private static int firstFin(ClosedBy first) {
        return switch (first) {
            case LOCAL -> TcpEventAbi.WEIR_LOCAL_FIRST();
            case REMOTE -> TcpEventAbi.WEIR_REMOTE_FIRST();
            case UNKNOWN -> 0;
        };
    }
}

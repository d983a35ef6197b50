package io.weir.agent.flow;

import io.weir.agent.event.TcpEventView;
import io.weir.record.CloseKind;
import io.weir.record.ClosedBy;
import io.weir.record.Failure;
import io.weir.record.TcpState;

/** Reads from a connection's last report why and how it ended. */
final class Endings {
    private static final int EPIPE = 32;
    private static final int ENONET = 64;
    private static final int ENETDOWN = 100;
    private static final int ENETUNREACH = 101;
    private static final int ECONNABORTED = 103;
    private static final int ECONNRESET = 104;
    private static final int ETIMEDOUT = 110;
    private static final int ECONNREFUSED = 111;
    private static final int EHOSTDOWN = 112;
    private static final int EHOSTUNREACH = 113;

    private static final int AFTER_A_FIN =
            TcpState.FIN_WAIT1.bit()
                    | TcpState.FIN_WAIT2.bit()
                    | TcpState.TIME_WAIT.bit()
                    | TcpState.CLOSE_WAIT.bit()
                    | TcpState.LAST_ACK.bit()
                    | TcpState.CLOSING.bit();
    private static final int STILL_OPEN_HERE =
            TcpState.ESTABLISHED.bit() | TcpState.SYN_RECV.bit() | TcpState.CLOSE_WAIT.bit();

    private Endings() {}

    static Failure failure(TcpEventView event) {
        return switch (event.errno()) {
            case 0 -> Failure.ABANDONED;
            case ECONNREFUSED -> Failure.REFUSED;
            case ETIMEDOUT -> Failure.TIMED_OUT;
            case ECONNRESET, EPIPE -> Failure.RESET;
            case EHOSTUNREACH, ENETUNREACH, EHOSTDOWN, ENETDOWN, ENONET -> Failure.UNREACHABLE;
            default -> Failure.OTHER;
        };
    }

    static CloseKind closeKind(TcpEventView event) {
        return switch (event.hardErrno()) {
            case 0 -> wasAborted(event) ? CloseKind.RST : CloseKind.FIN;
            case ECONNRESET, EPIPE, ECONNREFUSED, ECONNABORTED -> CloseKind.RST;
            default -> CloseKind.TIMEOUT;
        };
    }

    static ClosedBy closedBy(TcpEventView event) {
        return switch (event.hardErrno()) {
            case 0 -> wasAborted(event) ? ClosedBy.LOCAL : firstFin(event);
            case ECONNRESET, EPIPE, ECONNREFUSED -> ClosedBy.REMOTE;
            default -> ClosedBy.LOCAL; // gave up, or was told to (ECONNABORTED: ss --kill)
        };
    }

    /** Closed without an error from a state in which this end had not said it was done. */
    private static boolean wasAborted(TcpEventView event) {
        int before = 1 << event.oldState();
        return (before & STILL_OPEN_HERE) != 0 || ((event.states() | before) & AFTER_A_FIN) == 0;
    }

    private static ClosedBy firstFin(TcpEventView event) {
        if (event.isLocalFirst()) {
            return ClosedBy.LOCAL;
        }
        return event.isRemoteFirst() ? ClosedBy.REMOTE : ClosedBy.UNKNOWN;
    }
}

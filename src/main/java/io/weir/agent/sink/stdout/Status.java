package io.weir.agent.sink.stdout;

import io.weir.agent.sink.stdout.Look.Colour;
import io.weir.record.CloseKind;
import io.weir.record.ClosedBy;
import io.weir.record.Closing;
import io.weir.record.FlowRecord;
import io.weir.record.Lifecycle;
import io.weir.record.TcpState;
import java.util.Locale;

/**
 * What became of a connection in a window: a mark to scan for, and a few words.
 *
 * @param mark one character
 * @param colour of mark and words
 * @param words such as {@code reset by peer}
 * @param tookUs how long that took: to connect, to fail, or the connection's life; 0 unknown
 * @param last whether no line of this connection follows
 */
record Status(String mark, Colour colour, String words, long tookUs, boolean last) {
    static Status of(FlowRecord record, Look look) {
        Lifecycle life = record.lifecycle();
        if (life.failure() != null) {
            return new Status("!", Colour.RED, failed(life), life.durationUs(), true);
        }
        if (life.closed()) {
            String mark = life.opened() ? look.openedAndClosed() : "-";
            return new Status(mark, endColour(life), closed(life), life.durationUs(), true);
        }
        if (life.opened()) {
            boolean usual = life.state() == TcpState.ESTABLISHED;
            String words = usual ? "open" : state(life.state());
            return new Status("+", Colour.GREEN, words, life.connectUs(), false);
        }
        return new Status(look.dot(), Colour.DIM, state(life.state()), 0, false);
    }

    private static Colour endColour(Lifecycle life) {
        boolean orderly = life.closing() == null || life.closing().kind() == CloseKind.FIN;
        return orderly ? Colour.CYAN : Colour.YELLOW;
    }

    private static String state(TcpState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String failed(Lifecycle life) {
        return switch (life.failure()) {
            case REFUSED -> "refused";
            case TIMED_OUT -> "no answer";
            case RESET -> "reset";
            case UNREACHABLE -> "unreachable";
            case ABANDONED -> "given up";
            case OTHER -> "error " + life.errno();
        };
    }

    private static String closed(Lifecycle life) {
        Closing closing = life.closing();
        if (closing == null) {
            return "closed";
        }
        return switch (closing.kind()) {
            case FIN -> "closed" + by(closing.by());
            case RST -> "reset" + by(closing.by());
            case TIMEOUT -> "timed out";
            case UNSEEN -> "gone";
        };
    }

    private static String by(ClosedBy by) {
        return switch (by) {
            case LOCAL -> " here";
            case REMOTE -> " by peer";
            case UNKNOWN -> "";
        };
    }
}

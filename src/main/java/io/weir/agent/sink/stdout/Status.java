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
 * @param words such as {@code reset by peer, 1.2 s}
 * @param last whether no line of this connection follows
 */
record Status(String mark, Colour colour, String words, boolean last) {
    static Status of(FlowRecord record, Look look) {
        Lifecycle life = record.lifecycle();
        if (life.failure() != null) {
            return new Status("!", Colour.RED, failed(life), true);
        }
        if (life.closed()) {
            boolean orderly = life.closing() == null || life.closing().kind() == CloseKind.FIN;
            return new Status(
                    life.opened() ? look.openedAndClosed() : "-",
                    orderly ? Colour.CYAN : Colour.YELLOW,
                    closed(life),
                    true);
        }
        if (life.opened()) {
            return new Status("+", Colour.GREEN, opened(life), false);
        }
        return new Status(look.dot(), Colour.DIM, state(life.state()), false);
    }

    private static String opened(Lifecycle life) {
        String words = life.state() == TcpState.ESTABLISHED ? "open" : state(life.state());
        return life.connectUs() > 0 ? words + " in " + Human.micros(life.connectUs()) : words;
    }

    private static String state(TcpState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String failed(Lifecycle life) {
        String words =
                switch (life.failure()) {
                    case REFUSED -> "refused";
                    case TIMED_OUT -> "no answer";
                    case RESET -> "reset";
                    case UNREACHABLE -> "unreachable";
                    case ABANDONED -> "given up";
                    case OTHER -> "error " + life.errno();
                };
        return words + duration(life);
    }

    private static String closed(Lifecycle life) {
        Closing closing = life.closing();
        if (closing == null) {
            return "closed" + duration(life);
        }
        String words =
                switch (closing.kind()) {
                    case FIN -> "closed" + by(closing.by());
                    case RST -> "reset" + by(closing.by());
                    case TIMEOUT -> "timed out";
                };
        return words + duration(life);
    }

    private static String by(ClosedBy by) {
        return switch (by) {
            case LOCAL -> " here";
            case REMOTE -> " by peer";
            case UNKNOWN -> "";
        };
    }

    private static String duration(Lifecycle life) {
        return life.durationUs() > 0 ? ", " + Human.micros(life.durationUs()) : "";
    }
}

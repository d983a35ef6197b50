package io.weir.agent.sink.stdout;

import io.weir.record.FlowRecord;
import io.weir.record.Owner;
import io.weir.record.Traffic;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** What a record says in each column. One thread. */
final class Cells {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final String NOTHING = "-";

    private final Look look;
    private final ZoneId zone;
    private final Ends ends;
    private long shownSecond = Long.MIN_VALUE;
    private String shownTime = "";

    Cells(Look look, ZoneId zone) {
        this.look = look;
        this.zone = zone;
        this.ends = new Ends(look);
    }

    String text(Column column, FlowRecord record, Status status, Layout layout) {
        return switch (column) {
            case TIME -> time(record.windowStartNs());
            case MARK -> status.mark();
            case PROCESS -> process(record.owner(), layout.width(column));
            case FLOW -> ends.text(record.connection(), layout.width(column));
            case SENT -> volume(record, status, layout, true);
            case RECEIVED -> volume(record, status, layout, false);
            case SENT_RATE -> rate(record, true);
            case RECEIVED_RATE -> rate(record, false);
            case RTT -> micros(record.path().srttUs());
            case TOOK -> micros(status.tookUs());
            case RETRANSMITTED -> retransmitted(record, status);
            case STATUS -> status.words();
        };
    }

    /** Local time of day; the same second comes many times in a row. */
    private String time(long ns) {
        long second = Math.floorDiv(ns, 1_000_000_000L);
        if (second != shownSecond) {
            shownSecond = second;
            shownTime = TIME.format(Instant.ofEpochSecond(second).atZone(zone));
        }
        return shownTime;
    }

    /** {@code curl(4711)}; the pid stays whole when the name has to be cut. */
    private String process(Owner owner, int width) {
        if (owner.pid() == 0) {
            return NOTHING;
        }
        String pid = "(" + owner.pid() + ")";
        String name = printable(owner.comm());
        int room = width - pid.length();
        if (look.clip() && name.length() > room) {
            int kept = Math.max(room - look.ellipsis().length(), 1);
            name = name.substring(0, Math.min(kept, name.length())) + look.ellipsis();
        }
        return name + pid;
    }

    /** A process names itself: what it chose must not steer the terminal. */
    private static String printable(String comm) {
        StringBuilder clean = new StringBuilder(comm.length());
        comm.codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static String volume(FlowRecord record, Status status, Layout layout, boolean sent) {
        if (record.lifecycle().failure() != null) {
            return NOTHING;
        }
        String text =
                layout.hasRates() || status.last()
                        ? Human.bytes(bytes(record.total(), sent))
                        : rate(record, sent);
        return layout.compact() ? text.replace(" ", "") : text;
    }

    private static String rate(FlowRecord record, boolean sent) {
        long bytes = bytes(record.window(), sent);
        long ns = record.windowEndNs() - record.windowStartNs();
        return bytes == 0 ? NOTHING : Human.rate(bytes, ns);
    }

    private static long bytes(Traffic traffic, boolean sent) {
        return sent ? traffic.bytesSent() : traffic.bytesReceived();
    }

    private static String micros(long us) {
        return us == 0 ? NOTHING : Human.micros(us);
    }

    /** Of this window, or of the whole connection once it ended; nothing if there were none. */
    private static String retransmitted(FlowRecord record, Status status) {
        Traffic traffic = status.last() ? record.total() : record.window();
        long segments = traffic.segmentsRetransmitted();
        return segments == 0 ? "" : segments > 9999 ? ">10k" : Long.toString(segments);
    }
}

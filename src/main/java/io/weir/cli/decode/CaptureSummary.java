package io.weir.cli.decode;

import io.weir.agent.netlink.DiagAttribute;
import io.weir.agent.netlink.MessageWalker;
import io.weir.agent.netlink.MessageWalker.Kind;
import io.weir.agent.netlink.SocketView;
import io.weir.agent.netlink.capture.CaptureException;
import io.weir.agent.netlink.capture.CaptureReader;
import io.weir.agent.sys.Errno;
import io.weir.record.TcpState;
import java.util.Locale;
import java.util.function.Consumer;

/** Counts what is in captures, and says it as a table of two or three columns. */
final class CaptureSummary implements CaptureListener {
    private static final int NLM_F_DUMP_INTR = 16;

    private final Tally<String> formats = new Tally<>();
    private final Tally<Kind> messages = new Tally<>();
    private final Tally<String> errors = new Tally<>();
    private final Tally<TcpState> v4 = new Tally<>();
    private final Tally<TcpState> v6 = new Tally<>();
    private final Tally<TcpState> states = new Tally<>();
    private final Tally<Integer> attributes = new Tally<>();
    private final Tally<Integer> tcpInfoBytes = new Tally<>();
    private Consumer<CaptureException> faults = fault -> {};
    private long packets;
    private long otherFamilies;
    private long unknown;
    private long longer;
    private long interrupted;
    private long malformed;

    /** Passes faults on from now. */
    CaptureSummary passingFaultsTo(Consumer<CaptureException> faults) {
        this.faults = faults;
        return this;
    }

    @Override
    public void onFile(String format) {
        formats.add(format);
    }

    @Override
    public void onPacket(int netlinkFamily) {
        packets++;
        if (netlinkFamily != CaptureReader.NETLINK_SOCK_DIAG) {
            otherFamilies++;
        }
    }

    @Override
    public void onMessage(Kind kind, MessageWalker message) {
        messages.add(kind);
        if ((kind == Kind.ERROR || kind == Kind.DONE) && message.errno() != 0) {
            errors.add(Errno.name(message.errno()));
        }
        if ((message.flags() & NLM_F_DUMP_INTR) != 0 && kind != Kind.REQUEST) {
            interrupted++;
        }
    }

    @Override
    public void onSocket(SocketView socket) {
        TcpState state = TcpState.of(socket.state());
        states.add(state);
        (socket.isInet6() ? v6 : v4).add(state);
        unknown += socket.unknownAttributes();
        longer += socket.longerAttributes();
        long left = socket.attributes();
        while (left != 0) {
            attributes.add(Long.numberOfTrailingZeros(left));
            left &= left - 1;
        }
        if (socket.has(DiagAttribute.INFO)) {
            tcpInfoBytes.add(socket.tcpInfo().length());
        }
    }

    @Override
    public void onFault(CaptureException fault) {
        malformed++;
        faults.accept(fault);
    }

    /** The table, ending with a line end. */
    String text() {
        StringBuilder text = new StringBuilder();
        head(text, "files");
        formats.names().forEach(format -> row(text, format, formats.of(format)));
        row(text, "packets", packets);
        row(text, "packets of other netlink families", otherFamilies);
        head(text, "messages");
        for (Kind kind : Kind.values()) {
            if (kind != Kind.END) {
                row(text, kind.name().toLowerCase(Locale.ROOT), messages.of(kind));
            }
        }
        errors.names().forEach(errno -> row(text, "refused with " + errno, errors.of(errno)));
        row(text, "interrupted dumps' messages", interrupted);
        row(text, "malformed", malformed);
        head(text, "sockets                                   IPv4       IPv6");
        for (TcpState state : states.names()) {
            text.append("  %-34s %9d  %9d\n".formatted(state, v4.of(state), v6.of(state)));
        }
        head(text, "attributes");
        attributes.names().forEach(type -> row(text, name(type), attributes.of(type)));
        tcpInfoBytes.names().forEach(n -> row(text, "INFO of " + n + " bytes", tcpInfoBytes.of(n)));
        row(text, "unknown", unknown);
        row(text, "longer than known", longer);
        return text.toString();
    }

    private static String name(int type) {
        return type < DiagAttribute.NAMES.size() ? DiagAttribute.NAMES.get(type) : "type " + type;
    }

    private static void head(StringBuilder text, String name) {
        text.append(name).append('\n');
    }

    private static void row(StringBuilder text, String name, long count) {
        text.append("  %-34s %9d\n".formatted(name, count));
    }
}

package io.weir.cli;

import io.weir.agent.netlink.AnswerTap;
import io.weir.agent.netlink.DumpSettings;
import io.weir.agent.netlink.DumpSettings.Families;
import io.weir.agent.netlink.InetDiagPoller;
import io.weir.agent.netlink.PollStats;
import io.weir.agent.proc.NamespaceFinder;
import io.weir.agent.sink.stdout.OutputClosedException;
import io.weir.agent.sys.KernelClock;
import io.weir.agent.sys.NativeAccess;
import io.weir.cli.observe.Cidr;
import io.weir.cli.observe.ProcessName;
import io.weir.cli.sockets.CaptureFile;
import io.weir.cli.sockets.SocketCollector;
import io.weir.cli.sockets.SocketFilter;
import io.weir.cli.sockets.SocketFormat;
import io.weir.cli.sockets.SocketPrinter;
import io.weir.cli.sockets.SortKey;
import io.weir.config.Given;
import io.weir.config.Setting;
import io.weir.record.TcpState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir sockets}: the TCP sockets there are now, in all network namespaces. */
@Command(
        name = "sockets",
        header = "List the TCP sockets of all network namespaces, as ss -tin does of one.",
        description = {
            "Asks the kernel (NETLINK_SOCK_DIAG) in every network namespace of this machine, and"
                    + " names the process and container that has each socket open. Without options"
                    + " shows connections, as ss does: neither listeners nor half-open, timed-wait"
                    + " or closed sockets.",
            "What may not be seen is said on stderr; the rest is shown."
        },
        footer = {
            "",
            "@|bold Examples:|@",
            "  sudo weir sockets --all --port 443",
            "  sudo weir sockets --sort retransmitted --limit 20 --watch 5",
            "  sudo weir sockets --format jsonl | jq '.tcpInfo.minRtt'",
            "  sudo weir sockets --capture sockets.pcap > /dev/null"
        })
final class SocketsCommand implements Callable<Integer> {
    static final Set<Setting> SETTINGS = EnumSet.of(Setting.LOG_LEVEL);

    private static final String FOREVER = "2s";
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final String CLEAR = "\u001b[H\u001b[2J";
    private static final int INFO_AND_CONGESTION = 1 << 1 | 1 << 3;

    /** What ss leaves out unless asked: {@code misc/ss.c:SS_CONN}. */
    private static final int USUAL_STATES =
            ~(TcpState.LISTEN.bit()
                    | TcpState.CLOSE.bit()
                    | TcpState.TIME_WAIT.bit()
                    | TcpState.SYN_RECV.bit()
                    | TcpState.BOUND_INACTIVE.bit());

    private final Session session;
    @Spec private CommandSpec spec;

    @ArgGroup(
            exclusive = false,
            order = 1,
            heading = "%n@|bold Which sockets|@ (each option repeatable, or with commas):%n")
    private Which which = new Which();

    @ArgGroup(exclusive = false, order = 2, heading = "%n@|bold How they are shown:|@%n")
    private Shown shown = new Shown();

    /** What to filter by, as typed. */
    static final class Which {
        @Option(
                names = {"-a", "--all"},
                description = "In every state.")
        private boolean all;

        @Option(
                names = "--state",
                split = ",",
                hideParamSyntax = true,
                paramLabel = "STATE",
                description = "In this TCP state, such as established, listen or time-wait.")
        private List<String> states = List.of();

        @Option(names = "-4", description = "IPv4 sockets only.")
        private boolean v4;

        @Option(names = "-6", description = "IPv6 sockets only; some of them have IPv4 addresses.")
        private boolean v6;

        @Option(
                names = "--port",
                split = ",",
                hideParamSyntax = true,
                paramLabel = "PORT",
                description = "With this port at either end.")
        private List<String> ports = List.of();

        @Option(
                names = "--local-port",
                split = ",",
                hideParamSyntax = true,
                paramLabel = "PORT",
                description = "With this port at this machine's end.")
        private List<String> localPorts = List.of();

        @Option(
                names = "--remote-port",
                split = ",",
                hideParamSyntax = true,
                paramLabel = "PORT",
                description = "With this port at the other end.")
        private List<String> remotePorts = List.of();

        @Option(
                names = "--address",
                split = ",",
                hideParamSyntax = true,
                paramLabel = "ADDRESS",
                description = "With this IP address, or one of this block (10.0.0.0/8), at an end.")
        private List<String> addresses = List.of();

        @Option(
                names = "--netns",
                split = ",",
                hideParamSyntax = true,
                paramLabel = "NETNS",
                description = "Of this network namespace, by its name or inode.")
        private List<String> namespaces = List.of();

        @Option(
                names = "--process",
                split = ",",
                hideParamSyntax = true,
                paramLabel = "NAME",
                description = "Of this process, or process id; * stands for anything.")
        private List<String> processes = List.of();

        SocketFilter filter() {
            return new SocketFilter(
                    ObserveCommand.Which.set(ports, "--port", ObserveCommand.Which::port),
                    ObserveCommand.Which.set(
                            localPorts, "--local-port", ObserveCommand.Which::port),
                    ObserveCommand.Which.set(
                            remotePorts, "--remote-port", ObserveCommand.Which::port),
                    List.copyOf(ObserveCommand.Which.set(addresses, "--address", Cidr::parse)),
                    Set.copyOf(namespaces),
                    List.copyOf(
                            ObserveCommand.Which.set(processes, "--process", ProcessName::parse)));
        }

        /** The kernel has requests of listeners come and go with SYN_RECV. */
        int states() {
            int mask =
                    ObserveCommand.Which.set(
                                    states, "--state", given -> given.oneOf(TcpState.class))
                            .stream()
                            .map(state ->
                                    state == TcpState.NEW_SYN_RECV ? TcpState.SYN_RECV : state)
                            .mapToInt(TcpState::bit)
                            .reduce(0, (a, b) -> a | b);
            return all ? DumpSettings.ALL_STATES : mask == 0 ? USUAL_STATES : mask;
        }

        Families families(boolean capture) {
            if (v4 != v6) {
                return v4 ? Families.V4 : Families.V6;
            }
            return capture ? Families.EACH : Families.BOTH;
        }
    }

    /** What to do with them, as typed. */
    static final class Shown {
        @Option(
                names = "--format",
                paramLabel = "FORMAT",
                description = "table, jsonl or csv; the latter two tell all. Default: table.")
        private String format = "table";

        @Option(
                names = "--sort",
                split = ",",
                hideParamSyntax = true,
                paramLabel = "KEY",
                description =
                        "Order by netns, state, process, local, remote; or from the largest by rtt,"
                                + " sent, received, retransmitted, cwnd, receive-queue, send-queue."
                                + " Default: netns.")
        private List<String> keys = List.of();

        @Option(names = "--limit", paramLabel = "COUNT", description = "Show at most this many.")
        private String limit;

        @Option(
                names = "--watch",
                arity = "0..1",
                fallbackValue = FOREVER,
                paramLabel = "SECONDS",
                description = "Again and again, until Ctrl-C. Default: every 2 seconds.")
        private String watch;

        @Option(
                names = "--capture",
                paramLabel = "FILE",
                description =
                        "Keep what the kernel answered, before filters of address and process, as"
                                + " a pcap for weir decode and Wireshark.")
        private Path capture;

        int limit() {
            return limit == null
                    ? Integer.MAX_VALUE
                    : new Given(limit, "--limit " + limit).count(1, Integer.MAX_VALUE);
        }

        /** Zero for once. */
        Duration watch() {
            if (watch == null) {
                return Duration.ZERO;
            }
            String text = watch.matches("\\d+") ? watch + "s" : watch;
            return new Given(text, "--watch " + watch)
                    .duration(Duration.ofMillis(100), Duration.ofDays(1));
        }

        SocketFormat format() {
            return new Given(format, "--format " + format).oneOf(SocketFormat.class);
        }

        List<SortKey> keys() {
            return keys.stream()
                    .map(key -> new Given(key, "--sort " + key).oneOf(SortKey.class))
                    .toList();
        }
    }

    SocketsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        session.settings(spec.commandLine().getParseResult(), SETTINGS, Map.of());
        Terminal terminal = session.console().terminal();
        SocketFilter filter = which.filter();
        SocketFormat format = shown.format();
        Duration pause = shown.watch();
        DumpSettings asked = asked(format);
        SocketPrinter printer =
                new SocketPrinter(
                        format, shown.keys(), shown.limit(), terminal.look(), terminal::width);
        NativeAccess.require();
        if (shown.capture == null) {
            repeat(asked, AnswerTap.NONE, filter, printer, pause);
        } else {
            long offsetNs = System.currentTimeMillis() * 1_000_000 - KernelClock.monotonicNs();
            try (CaptureFile capture = CaptureFile.create(shown.capture, offsetNs)) {
                repeat(asked, capture, filter, printer, pause);
            }
        }
        return ExitCode.OK.code();
    }

    private DumpSettings asked(SocketFormat format) {
        boolean capture = shown.capture != null;
        boolean everything = capture || format != SocketFormat.TABLE;
        return DumpSettings.of(
                which.families(capture),
                which.states(),
                everything ? DumpSettings.ALL_EXTENSIONS : INFO_AND_CONGESTION);
    }

    private void repeat(
            DumpSettings asked,
            AnswerTap tap,
            SocketFilter filter,
            SocketPrinter printer,
            Duration pause)
            throws InterruptedException {
        once(asked, tap, filter, printer, true);
        if (pause.isZero()) {
            return;
        }
        session.stop().setGrace(GRACE);
        while (!session.stop().await(pause)) {
            if (shown.format() == SocketFormat.TABLE) {
                write(session.console().terminal().isInteractive() ? CLEAR : "\n");
            }
            once(asked, tap, filter, printer, false);
        }
    }

    private void once(
            DumpSettings asked,
            AnswerTap tap,
            SocketFilter filter,
            SocketPrinter printer,
            boolean tellNotices) {
        SocketCollector collector = new SocketCollector(filter);
        PollStats stats =
                InetDiagPoller.once(
                        NamespaceFinder.ofThisMachine(), filter::matches, asked, tap, collector);
        requireFound(filter, collector);
        if (stats.refused() > 0 && stats.sockets() == 0) {
            throw new CannotDumpException(stats.lastRefusal());
        }
        Stream<String> notices = printer.print(collector, session.console().out()).stream();
        if (tellNotices) {
            notices.forEach(session.console()::notice);
        }
    }

    private static void requireFound(SocketFilter filter, SocketCollector collector) {
        filter.unknownNamespace(collector.found())
                .ifPresent(name -> {
                    throw new Given(name, "--netns " + name)
                            .refused(
                                    "is no network namespace that can be seen",
                                    "Use a name of /run/netns, or an inode as lsns -t net lists"
                                            + " them");
                });
    }

    private void write(String text) {
        try {
            session.console().out().write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new OutputClosedException(e);
        }
    }

    /** The kernel tells of no sockets at all. */
    static final class CannotDumpException extends RuntimeException {
        private static final long serialVersionUID = 1;

        CannotDumpException(String reason) {
            super(reason);
        }
    }
}

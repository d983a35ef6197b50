package io.weir.cli;

import io.weir.cli.observe.Cidr;
import io.weir.cli.observe.FlowFilter;
import io.weir.cli.observe.ObserveSink;
import io.weir.cli.observe.ProcessName;
import io.weir.config.AgentSettings;
import io.weir.config.Given;
import io.weir.config.Setting;
import io.weir.record.TcpState;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir observe}: live lines for a person, and a summary at the end. */
@Command(
        name = "observe",
        header = "Show live who is talking: a line per connection and second.",
        description = {
            "A line says who talks to whom (the arrow points at the server), how much, and what"
                    + " became of the connection:",
            "  +  opened      -  closed      ±  opened and closed",
            "  ·  moving      !  failed to connect",
            "Ctrl-C stops and sums up."
        },
        footer = {
            "",
            "@|bold Examples:|@",
            "  sudo weir observe --process nginx --remote-port 5432",
            "  sudo weir observe --address 10.0.0.0/8 --failed",
            "  sudo weir observe --duration 10s --format jsonl > flows.jsonl"
        })
final class ObserveCommand implements Callable<Integer> {
    static final Map<Setting, String> DEFAULTS =
            Map.of(
                    Setting.SINK, "stdout",
                    Setting.FORMAT, "table",
                    Setting.WINDOW, "1s",
                    Setting.INTERVAL, "1s");
    static final Set<Setting> SETTINGS = EnumSet.complementOf(EnumSet.of(Setting.SINK));

    private final Session session;
    @Spec private CommandSpec spec;

    @ArgGroup(
            exclusive = false,
            order = 1,
            heading = "%n@|bold Which connections|@ (each option repeatable, or with commas):%n")
    private Which which = new Which();

    @ArgGroup(
            exclusive = false,
            order = 2,
            heading = "%n@|bold How long|@ (until Ctrl-C, unless said):%n")
    private Until until = new Until();

    /** What to filter by, as typed. */
    static final class Which {
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
                names = "--process",
                split = ",",
                hideParamSyntax = true,
                paramLabel = "NAME",
                description = "Of this process, or process id; * stands for anything.")
        private List<String> processes = List.of();

        @Option(
                names = "--state",
                split = ",",
                hideParamSyntax = true,
                paramLabel = "STATE",
                description = "In this TCP state, such as established or close-wait.")
        private List<String> states = List.of();

        @Option(names = "--failed", description = "Only attempts that did not connect.")
        private boolean failed;

        FlowFilter filter() {
            return new FlowFilter(
                    set(ports, "--port", Which::port),
                    set(localPorts, "--local-port", Which::port),
                    set(remotePorts, "--remote-port", Which::port),
                    List.copyOf(set(addresses, "--address", Cidr::parse)),
                    List.copyOf(set(processes, "--process", ProcessName::parse)),
                    set(states, "--state", given -> given.oneOf(TcpState.class)),
                    failed);
        }

        static int port(Given given) {
            return given.count(0, 65535);
        }

        static <T> Set<T> set(List<String> texts, String flag, Function<Given, T> parser) {
            return texts.stream()
                    .map(text -> parser.apply(new Given(text, flag + " " + text)))
                    .collect(Collectors.toSet());
        }
    }

    /** When to stop, as typed. */
    static final class Until {
        @Option(
                names = "--duration",
                paramLabel = "DURATION",
                description = "Stop after this time, such as 10s.")
        private String duration;

        @Option(
                names = "--count",
                paramLabel = "COUNT",
                description = "Stop after this many lines.")
        private String count;

        Duration duration() {
            return duration == null
                    ? Duration.ZERO
                    : new Given(duration, "--duration " + duration)
                            .duration(Duration.ofMillis(1), Duration.ofDays(365));
        }

        int count() {
            return count == null
                    ? 0
                    : new Given(count, "--count " + count).count(1, Integer.MAX_VALUE);
        }
    }

    ObserveCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        AgentSettings settings =
                session.settings(spec.commandLine().getParseResult(), SETTINGS, DEFAULTS);
        FlowFilter filter = which.filter();
        Duration duration = until.duration();
        int count = until.count();
        ObserveSink sink = new ObserveSink(filter, session.sink(settings), count, session.stop());
        session.run(
                settings,
                sink,
                line -> {
                    session.console().notice(line);
                    session.stopAfter(duration);
                });
        session.console().notice(sink.summary().text());
        return ExitCode.OK.code();
    }
}

package io.weir.cli;

import io.weir.agent.check.CheckReport;
import io.weir.agent.check.LiveReport;
import io.weir.agent.sink.stdout.OutputClosedException;
import io.weir.cli.check.CheckJson;
import io.weir.cli.check.CheckText;
import io.weir.cli.check.LiveJson;
import io.weir.cli.check.LiveText;
import io.weir.config.AgentSettings;
import io.weir.config.Given;
import io.weir.config.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir check}: what this kernel allows, what the agent would choose, and what it sees. */
@Command(
        name = "check",
        header = "Say what this kernel allows, what would be chosen and why.",
        description = {
            "Tries every way to attach to every hook, leaves nothing attached, and prints per"
                    + " hook the step the agent would use and what that lets it see. Tells by its"
                    + " exit code whether a machine is ready: 0 everything is seen, 7 less than"
                    + " that, 3, 4 or 5 nothing."
        },
        footer = {
            "",
            "@|bold Examples:|@",
            "  sudo weir check",
            "  sudo weir check --live --duration 30s         do events and polls agree?",
            "  sudo weir check --steps tp_btf,sockops       as if nothing else were allowed",
            "  sudo weir check --format json | jq '.hooks[] | {hook, chosen}'"
        })
final class CheckCommand implements Callable<Integer> {
    static final Set<Setting> SETTINGS =
            EnumSet.of(
                    Setting.STEPS,
                    Setting.HOOKS,
                    Setting.POLL_INTERVAL,
                    Setting.POLL_EXCLUDE,
                    Setting.WINDOW,
                    Setting.RING_SIZE,
                    Setting.PARKED_CLOSES,
                    Setting.MAX_FLOWS,
                    Setting.LOG_LEVEL);

    /** Several polls in the time of the measurement. */
    private static final Map<Setting, String> LIVE_DEFAULTS =
            Map.of(Setting.POLL_INTERVAL, "1s", Setting.POLL_LONGEST, "1s", Setting.WINDOW, "1s");

    /** How the answer is written. */
    enum Format {
        TABLE,
        JSON
    }

    private final Session session;
    @Spec private CommandSpec spec;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "How the answer is written: table or json. Default: table.")
    private String format;

    @Option(
            names = "--live",
            description =
                    "Measure for a while instead, and compare what kernel events and polls of every"
                            + " socket each saw.")
    private boolean live;

    @Option(
            names = "--duration",
            paramLabel = "DURATION",
            defaultValue = "10s",
            description = "With --live: for how long. Default: 10s.")
    private String duration;

    CheckCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Format wanted = new Given(format, "--format " + format).oneOf(Format.class);
        if (live) {
            return live(wanted);
        }
        CheckReport report =
                session.check(
                        session.settings(spec.commandLine().getParseResult(), SETTINGS, Map.of()));
        print(wanted == Format.JSON ? CheckJson.of(report) : text(report));
        return exitCode(report).code();
    }

    private int live(Format wanted) {
        AgentSettings settings =
                session.settings(spec.commandLine().getParseResult(), SETTINGS, LIVE_DEFAULTS);
        LiveReport report =
                session.watch(
                        settings,
                        new Given(duration, "--duration " + duration)
                                .duration(Duration.ofMillis(1), Duration.ofDays(365)));
        print(wanted == Format.JSON ? LiveJson.of(report) : new LiveText().of(report));
        boolean agree = report.witnesses().unexplained() + report.lost() == 0;
        return (agree && report.witnesses().events() ? ExitCode.OK : ExitCode.PARTIAL).code();
    }

    private String text(CheckReport report) {
        Terminal terminal = session.console().terminal();
        return new CheckText(terminal.colours(), terminal.width()).of(report);
    }

    private void print(String text) {
        try {
            session.console().out().write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new OutputClosedException(e);
        }
    }

    private static ExitCode exitCode(CheckReport report) {
        return switch (report.coverage()) {
            case FULL -> ExitCode.OK;
            case PARTIAL -> ExitCode.PARTIAL;
            case NONE ->
                    report.obstacle()
                            .map(obstacle ->
                                    switch (obstacle) {
                                        case NOT_PERMITTED -> ExitCode.NOT_PERMITTED;
                                        case NOT_SUPPORTED -> ExitCode.NOT_SUPPORTED;
                                        case MISSING_LIBRARY -> ExitCode.MISSING_LIBRARY;
                                    })
                            .orElse(ExitCode.NOT_SUPPORTED);
        };
    }
}

package io.weir.cli;

import io.weir.agent.check.CheckReport;
import io.weir.agent.sink.stdout.OutputClosedException;
import io.weir.cli.check.CheckJson;
import io.weir.cli.check.CheckText;
import io.weir.config.Given;
import io.weir.config.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
            "  sudo weir check --steps tp_btf,sockops       as if nothing else were allowed",
            "  sudo weir check --format json | jq '.hooks[] | {hook, chosen}'"
        })
final class CheckCommand implements Callable<Integer> {
    static final Set<Setting> SETTINGS = EnumSet.of(Setting.STEPS, Setting.LOG_LEVEL);

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

    CheckCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Format wanted = new Given(format, "--format " + format).oneOf(Format.class);
        CheckReport report =
                session.check(
                        session.settings(spec.commandLine().getParseResult(), SETTINGS, Map.of()));
        print(wanted == Format.JSON ? CheckJson.of(report) : text(report));
        return exitCode(report).code();
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

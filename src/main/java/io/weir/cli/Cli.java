package io.weir.cli;

import io.weir.agent.AgentRunner;
import io.weir.agent.StopSignal;
import io.weir.config.Setting;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/** {@code weir}: parses what was typed, runs the command, and gives back its exit code. */
public final class Cli {
    private static final int WIDEST_HELP = 100;

    private final Console console;
    private final Session session;

    /**
     * @param runner asked only by commands that measure, so that help needs no kernel
     * @param stop asked for by signals, {@code --duration} and {@code --count}
     */
    public Cli(Console console, Supplier<AgentRunner> runner, StopSignal stop) {
        this.console = console;
        this.session = new Session(console, runner, stop);
    }

    /** Runs one command; never throws. */
    public int run(String... arguments) {
        Failures failures = new Failures(console, arguments);
        CommandLine weir = new CommandLine(new RootCommand());
        add(weir, "observe", new ObserveCommand(session), ObserveCommand.SETTINGS, true);
        add(weir, "agent", new AgentCommand(session), AgentCommand.SETTINGS, false);
        add(weir, "sockets", new SocketsCommand(session), SocketsCommand.SETTINGS, false);
        add(weir, "check", new CheckCommand(session), CheckCommand.SETTINGS, false);
        add(weir, "decode", new DecodeCommand(session));
        weir.addSubcommand("help", new CommandLine.HelpCommand());
        weir.addMixin("common", new CommonOptions());
        HelpTexts.complete(weir);
        weir.setOut(printer(console.out()));
        weir.setErr(printer(console.err()));
        weir.setExpandAtFiles(false);
        weir.setUsageHelpWidth(Math.min(console.terminal().width(), WIDEST_HELP));
        weir.setColorScheme(
                Help.defaultColorScheme(
                        console.terminal().colours() ? Help.Ansi.ON : Help.Ansi.OFF));
        weir.setParameterExceptionHandler(failures);
        weir.setExecutionExceptionHandler(failures);
        try {
            return weir.execute(arguments);
        } catch (Error e) {
            return failures.handleError(e);
        }
    }

    private static PrintWriter printer(OutputStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /** A command without settings. */
    private static void add(CommandLine weir, String name, Object command) {
        CommandLine added = new CommandLine(command);
        added.addMixin("common", new CommonOptions());
        weir.addSubcommand(name, added);
    }

    private static void add(
            CommandLine weir, String name, Object command, Set<Setting> settings, boolean own) {
        CommandLine added = new CommandLine(command);
        Map<Setting, String> defaults = own ? ObserveCommand.DEFAULTS : Map.of();
        Options.addTo(added.getCommandSpec(), settings, defaults);
        added.addMixin("common", new CommonOptions());
        weir.addSubcommand(name, added);
    }
}

package io.weir.cli;

import io.weir.agent.AgentRunner;
import io.weir.agent.Notices;
import io.weir.agent.StopSignal;
import io.weir.agent.check.CheckReport;
import io.weir.agent.check.LiveReport;
import io.weir.agent.sink.FlowSink;
import io.weir.agent.sink.NullSink;
import io.weir.agent.sink.stdout.JsonLinesText;
import io.weir.agent.sink.stdout.RecordText;
import io.weir.agent.sink.stdout.StdoutSink;
import io.weir.agent.sink.stdout.TableText;
import io.weir.config.AgentSettings;
import io.weir.config.Configuration;
import io.weir.config.LogLevel;
import io.weir.config.Setting;
import io.weir.log.StderrLoggerFinder;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine.ParseResult;

/** From a parsed command line to a running agent: what agent, observe and check have in common. */
final class Session {
    /** For draining the kernel, beside waiting for the sink. */
    private static final Duration DRAIN = Duration.ofMillis(800);

    private final Console console;
    private final Supplier<AgentRunner> runner;
    private final StopSignal stop;

    Session(Console console, Supplier<AgentRunner> runner, StopSignal stop) {
        this.console = console;
        this.runner = runner;
        this.stop = stop;
    }

    Console console() {
        return console;
    }

    StopSignal stop() {
        return stop;
    }

    /** Reads and validates the settings, and makes the log as talkative as they say. */
    AgentSettings settings(
            ParseResult parsed, Set<Setting> ofCommand, Map<Setting, String> ownDefaults) {
        Map<Setting, String> flags = Options.given(parsed, ofCommand);
        Configuration configuration =
                Configuration.of(flags, console.environment(), Options.file(parsed))
                        .withOwn(ownDefaults, flags.keySet());
        LogLevel level = configuration.get(Setting.LOG_LEVEL).oneOf(LogLevel.class);
        StderrLoggerFinder.setLevel(
                (parsed.hasMatchedOption(CommonOptions.DEBUG) ? LogLevel.DEBUG : level)
                        .systemLevel());
        return AgentSettings.from(configuration);
    }

    /** The sink the settings ask for; its thread runs from now on. */
    FlowSink sink(AgentSettings settings) {
        return switch (settings.sink()) {
            case NULL -> new NullSink();
            case STDOUT ->
                    new StdoutSink(
                            console.out(),
                            text(settings),
                            settings.queueSize(),
                            settings.closeTimeout(),
                            stop::fail);
        };
    }

    private RecordText text(AgentSettings settings) {
        Terminal terminal = console.terminal();
        return switch (settings.format()) {
            case JSONL -> new JsonLinesText();
            case TABLE -> new TableText(terminal.look(), terminal::width, ZoneId.systemDefault());
        };
    }

    /** Runs until stopped; throws why, if that was not in good order. */
    void run(AgentSettings settings, FlowSink sink, Notices notices) {
        stop.setGrace(settings.closeTimeout().plus(DRAIN));
        runner.get().run(settings, sink, stop, notices);
        stop.failure()
                .ifPresent(failure -> {
                    throw failure;
                });
    }

    CheckReport check(AgentSettings settings) {
        return runner.get().check(settings);
    }

    /** Measures for some time; throws why, if that did not end in good order. */
    LiveReport watch(AgentSettings settings, Duration time) {
        stop.setGrace(settings.closeTimeout().plus(DRAIN));
        LiveReport report =
                runner.get()
                        .watch(
                                settings,
                                stop,
                                line -> {
                                    console.notice(line);
                                    stopAfter(time);
                                });
        stop.failure()
                .ifPresent(failure -> {
                    throw failure;
                });
        return report;
    }

    /** From the moment on that records can come; a timer thread ends with the process. */
    void stopAfter(Duration duration) {
        if (duration.isZero()) {
            return;
        }
        Thread.ofPlatform()
                .name("weir-duration")
                .daemon()
                .start(() -> {
                    try {
                        if (!stop.await(duration)) {
                            stop.request();
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }
}

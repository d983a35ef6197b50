package io.weir.cli;

import static io.weir.testkit.FlowBuilder.flow;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.AgentRunner;
import io.weir.agent.Notices;
import io.weir.agent.StopSignal;
import io.weir.agent.check.CheckReport;
import io.weir.agent.check.LiveReport;
import io.weir.agent.check.Obstacle;
import io.weir.agent.sink.FlowSink;
import io.weir.config.AgentSettings;
import io.weir.config.Hook;
import io.weir.config.SinkKind;
import io.weir.config.Step;
import io.weir.record.FlowRecord;
import io.weir.testkit.CheckReports;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class CliTest {
    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final StopSignal stop = new StopSignal();
    private final Recorded runner = new Recorded();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "agent --help",
                "observe --help",
                "check --help",
                "decode --help",
                "sockets --help",
                "help"
            })
    void helpSaysWhatTheExitCodesMeanAndFitsTheTerminal(String line) {
        environment.put("COLUMNS", "80");

        assertThat(weir(line.split(" ", -1))).isZero();

        assertThat(out())
                .contains("Usage: weir")
                .contains("Exit codes:")
                .contains("  7  weir check: less than full coverage");
        assertThat(out().lines()).allSatisfy(text -> assertThat(text).hasSizeLessThan(81));
        assertThat(err()).isEmpty();
    }

    @Test
    void helpOfACommandNamesEverySettingWithItsDefault() {
        weir("agent", "--help");

        assertThat(out())
                .contains("--ring-size=SIZE")
                .contains("Default: 1m.")
                .contains("WEIR_RING_SIZE")
                .contains("/etc/weir/weir.properties")
                .contains("Examples:");
    }

    @Test
    void observesHelpHasItsOwnDefaults() {
        weir("observe", "--help");

        assertThat(out())
                .contains("Default: table.")
                .contains("Default: 1s.")
                .doesNotContain("--sink");
    }

    @Test
    void knowsItsVersion() {
        assertThat(weir("--version")).isZero();
        assertThat(out()).startsWith("weir ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "agnt|weir: weir knows no command agnt. Did you mean agent?",
                "agent --widow 5s|weir: weir agent knows no option --widow. Did you mean --window?",
                "agent --window|weir: --window needs a value. Try weir agent --help.",
                "agent more|weir: weir agent knows no argument more. Try weir agent --help.",
                "agent --ring-size 100k|weir: --ring-size 100k is not a power of two. Use 64k or 128k.",
                "agent --sink kafka|weir: --sink kafka is not known. Use stdout or null.",
                "observe --port 99999|weir: --port 99999 is too large. Use a whole number from 0 to 65535.",
                "observe --count 0|weir: --count 0 is too small. Use a whole number from 1 to 2147483647.",
                "observe --duration x|weir: --duration x is not a duration. Use a number with ms, s, m or h, from 1ms to 8760h, such as 5s.",
                "check --format xml|weir: --format xml is not known. Use table or json.",
                "sockets --format xml|weir: --format xml is not known. Use table, jsonl or csv.",
                "sockets --state idle|weir: --state idle is not known. Use unknown, established, syn-sent, syn-recv, fin-wait1, fin-wait2, time-wait, close, close-wait, last-ack, listen, closing, new-syn-recv or bound-inactive.",
                "sockets --limit 0|weir: --limit 0 is too small. Use a whole number from 1 to 2147483647.",
                "sockets --watch never|weir: --watch never is not a duration. Use a number with ms, s, m or h, from 100ms to 24h, such as 5s.",
                "sockets --capture /absent/x|weir: --capture /absent/x cannot be written (java.nio.file.NoSuchFileException: /absent/x). Name another file.",
                "agent --config /absent|weir: --config /absent does not exist. Name a readable properties file, or leave --config out.",
                "agent --window 1s --window 2s|weir: --window is there 2 times. Give it once."
            })
    void wrongUsageIsOneLineAndExitCode2(String line, String message) {
        assertThat(weir(line.split(" ", -1))).isEqualTo(2);

        assertThat(err()).isEqualTo(message + "\n");
        assertThat(out()).isEmpty();
        assertThat(runner.settings).isNull();
    }

    @Test
    void noCommandIsWrongUsage() {
        assertThat(weir()).isEqualTo(2);
        assertThat(err()).isEqualTo("weir: no command was given. Try weir --help.\n");
    }

    @Test
    void wrongEnvironmentNamesTheVariable() {
        environment.put("WEIR_WINDOW", "5x");

        assertThat(weir("agent")).isEqualTo(2);
        assertThat(err()).startsWith("weir: WEIR_WINDOW=5x is not a duration. Use ");
    }

    @Test
    void agentHandsItsSettingsToTheRunner() {
        environment.put("WEIR_RING_SIZE", "64k");

        int code = weir("agent", "--sink", "null", "--window=2s", "--steps", "send=kprobe");

        assertThat(code).isZero();
        assertThat(runner.settings.sink()).isEqualTo(SinkKind.NULL);
        assertThat(runner.settings.window()).isEqualTo(Duration.ofSeconds(2));
        assertThat(runner.settings.ringBytes()).isEqualTo(65_536);
        assertThat(runner.settings.steps().of(Hook.SEND)).containsExactly(Step.KPROBE);
        assertThat(err()).isEqualTo("weir: watching\n");
    }

    @Test
    void agentWritesJsonLines() {
        runner.records = List.of(flow().build(), flow().build());

        assertThat(weir("agent")).isZero();

        assertThat(out().lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("\"bytesSentTotal\""));
    }

    @Test
    void observeWritesATableOfWhatTheFilterWantsAndSumsUp() {
        runner.records =
                List.of(
                        flow().opened(400).moved(10, 20).build(),
                        flow().client("10.0.0.7", 1, "10.0.0.8", 80).build());

        assertThat(weir("observe", "--port", "443,8443", "--port", "9443")).isZero();

        assertThat(out()).contains("10.0.0.200:443").doesNotContain("10.0.0.8:80");
        assertThat(err())
                .endsWith(
                        "weir: 1 connection (1 opened, 0 closed, 0 failed), 10 B sent, 20 B"
                                + " received; nothing lost\n");
        assertThat(runner.settings.window()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void observeIgnoresWhatTheEnvironmentSaysOfTheAgentsFormat() {
        environment.put("WEIR_FORMAT", "jsonl");
        environment.put("WEIR_WINDOW", "10s");
        runner.records = List.of(flow().build());

        weir("observe");

        assertThat(out()).startsWith("TIME ");
        assertThat(runner.settings.window()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void observeStopsByItselfAfterADuration() {
        runner.untilStopped = true;

        assertThat(weir("observe", "--duration", "20ms")).isZero();
        assertThat(stop.isRequested()).isTrue();
    }

    @Test
    void observeStopsByItselfAfterACount() {
        runner.untilStopped = true;
        runner.records = List.of(flow().build(), flow().build(), flow().build());

        assertThat(weir("observe", "--count", "2", "--format", "jsonl")).isZero();
        assertThat(out().lines()).hasSize(2);
    }

    @Test
    void aClosedStdoutIsOneLineAndExitCode6() {
        runner.untilStopped = true;
        runner.records = List.of(flow().build());
        OutputStream closed =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                };

        assertThat(weirTo(closed, "agent")).isEqualTo(6);

        assertThat(err())
                .isEqualTo(
                        "weir: watching\nweir: standard output cannot be written any more (Broken"
                                + " pipe). Keep its reader running until weir has stopped.\n");
    }

    @Test
    void socketsEndsCleanlyWhenNobodyReads() {
        OutputStream closed =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                };

        assertThat(weirTo(closed, "sockets")).isEqualTo(6);
        assertThat(err()).startsWith("weir: standard output cannot be written any more");
    }

    @Test
    void socketsListsOwnListeners() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(listener.getLocalPort());

            assertThat(weir("sockets", "--all", "--port", port)).isZero();

            assertThat(out()).contains("listen", "(" + ProcessHandle.current().pid() + ")");
        }
    }

    @Test
    void anUnexpectedErrorIsOneLineUnlessDebugging() {
        runner.failure = new IllegalStateException("first\nsecond");

        assertThat(weir("agent", "--sink", "null")).isOne();
        assertThat(err())
                .isEqualTo(
                        "weir: unexpected IllegalStateException: first; second. Run it again with"
                                + " --debug to see where, and report that.\n");

        weir("agent", "--sink", "null", "--debug");
        assertThat(err()).contains("\tat io.weir.cli.");
    }

    @Test
    void evenAnErrorOfTheJvmIsOneLine() {
        runner.error = new UnsatisfiedLinkError("no such symbol");

        assertThat(weir("agent", "--sink", "null")).isOne();
        assertThat(err()).startsWith("weir: unexpected UnsatisfiedLinkError: no such symbol.");
        assertThat(err().lines()).hasSize(1);
    }

    @Test
    void debuggingMayBeAskedForInTheEnvironment() {
        environment.put("WEIR_DEBUG", "1");

        weir("agent", "--window", "5x");

        assertThat(err()).contains("\tat io.weir.config.");
    }

    @Test
    void checkTellsByItsExitCode() {
        assertThat(check(CheckReports.full())).isZero();
        assertThat(check(CheckReports.lockedDown())).isEqualTo(7);
        assertThat(check(CheckReports.blocked(Obstacle.NOT_PERMITTED))).isEqualTo(3);
        assertThat(check(CheckReports.blocked(Obstacle.NOT_SUPPORTED))).isEqualTo(4);
        assertThat(check(CheckReports.blocked(Obstacle.MISSING_LIBRARY))).isEqualTo(5);
    }

    @Test
    void checkPrintsATableOrJson() {
        runner.report = CheckReports.lockedDown();

        weir("check");
        assertThat(out()).startsWith("Kernel\n").contains("[yes]");

        out.reset();
        assertThat(weir("check", "--format", "json")).describedAs(err()).isEqualTo(7);
        assertThat(out()).startsWith("{").contains("\"coverage\" : \"PARTIAL\"");
    }

    private int check(CheckReport report) {
        runner.report = report;
        return weir("check");
    }

    private int weir(String... arguments) {
        return weirTo(out, arguments);
    }

    private int weirTo(OutputStream stdout, String... arguments) {
        PrintStream stderr = new PrintStream(err, true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(environment, false);
        Console console = new Console(stdout, stderr, environment, terminal);
        return new Cli(console, () -> runner, stop).run(arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** Offers given records to the sink instead of the kernel's. */
    private static final class Recorded implements AgentRunner {
        private List<FlowRecord> records = List.of();
        private boolean untilStopped;
        private RuntimeException failure;
        private Error error;
        private CheckReport report;
        private final LiveReport live = null;
        private AgentSettings settings;

        @Override
        public void run(AgentSettings given, FlowSink sink, StopSignal stop, Notices notices) {
            settings = given;
            if (failure != null) {
                throw failure;
            }
            if (error != null) {
                throw error;
            }
            notices.say("watching");
            records.forEach(sink::offer);
            try {
                if (untilStopped) {
                    stop.await();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            sink.close();
        }

        @Override
        public LiveReport watch(AgentSettings given, StopSignal stop, Notices notices) {
            settings = given;
            return live;
        }

        @Override
        public CheckReport check(AgentSettings given) {
            settings = given;
            return report;
        }
    }
}

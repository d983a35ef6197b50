package io.weir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.testkit.Distribution;
import io.weir.testkit.Privilege;
import io.weir.testkit.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user meets who asks for the impossible: one line, its remedy, and a code for scripts. */
class BadInputTest {
    private static final int USAGE = 2;
    private static final int NOT_PERMITTED = 3;
    private static final int NOT_SUPPORTED = 4;
    private static final int MISSING_LIBRARY = 5;
    private static final int OUTPUT_CLOSED = 6;
    private static final long LIMIT_S = 30;

    @TempDir private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "agent --ring-size 3000   | 3000",
                "agent --ring-size 96k    | 96k",
                "agent --ring-size -1     | -1",
                "agent --window 0s        | 0s",
                "agent --window soon      | soon",
                "agent --format xml       | xml",
                "agent --sink teapot      | teapot",
                "agent --steps kprobbe    | kprobbe",
                "agent --no-such-flag     | --no-such-flag",
                "agent --window           | --window",
                "observe --port 70000     | 70000",
                "observe --address nobody | nobody",
                "agnet                    | agnet"
            })
    void namesWhatIsWrongInTheCommand(String arguments, String named)
            throws IOException, InterruptedException {
        Ended ended = run(weir(arguments));

        assertOneLine(ended, USAGE);
        assertThat(ended.errors()).contains(named);
    }

    @Test
    void saysWhichPrivilegesAreMissing() throws IOException, InterruptedException {
        Privilege.assumeRoot();

        Ended ended = run(wrap("setpriv --bounding-set -all --inh-caps -all", "agent"));

        assertOneLine(ended, NOT_PERMITTED);
        assertThat(ended.errors()).containsAnyOf("CAP_BPF", "root");
    }

    @Test
    void saysThatLibbpfIsMissing() throws IOException, InterruptedException {
        Privilege.assumeRoot();
        List<Path> libraries = libbpf();
        assertThat(libraries).isNotEmpty();
        StringBuilder hide = new StringBuilder();
        for (Path library : libraries) {
            hide.append("mount --bind /dev/null ").append(library).append(" && ");
        }

        Ended ended = run(inMountNamespace(hide.toString(), "agent"));

        assertOneLine(ended, MISSING_LIBRARY);
        assertThat(ended.errors()).contains("libbpf");
    }

    @Test
    void saysThatTheKernelHasNoBtf() throws IOException, InterruptedException {
        Privilege.assumeRoot();

        Ended ended =
                run(
                        inMountNamespace(
                                "mount -t tmpfs none /sys/kernel/btf && ",
                                "agent --hooks required"));

        assertOneLine(ended, NOT_SUPPORTED);
        assertThat(ended.errors()).contains("BTF");
    }

    @Test
    void goesOnByPollingWhereTheKernelTellsNoEvents() throws IOException, InterruptedException {
        Privilege.assumeRoot();

        Ended ended =
                run(
                        inMountNamespace(
                                "mount -t tmpfs none /sys/kernel/btf && ",
                                "observe --duration 2s --poll-interval 1s"));

        assertThat(ended.code()).isZero();
        assertThat(ended.errors()).contains("sockets are polled alone", "BTF", "poll only");
        assertNoStackTrace(ended.errors());
    }

    @Test
    void pollsWithoutThePrivilegesForEvents() throws IOException, InterruptedException {
        Privilege.assumeRoot();

        Ended ended =
                run(
                        wrap(
                                "setpriv --bounding-set -all --inh-caps -all",
                                "observe --hooks off --duration 2s"));

        assertThat(ended.code()).isZero();
        assertThat(ended.errors()).contains("poll only");
        assertNoStackTrace(ended.errors());
    }

    @Test
    void endsWhenItsReaderHasGone() throws IOException, InterruptedException {
        Privilege.assumeRoot();
        Path errors = directory.resolve("errors");
        Process agent =
                new ProcessBuilder(weir("agent --sink stdout --format jsonl --window 1s"))
                        .redirectError(errors.toFile())
                        .start();
        try {
            agent.getInputStream().close();

            for (int i = 0; i < LIMIT_S && agent.isAlive(); i++) {
                Traffic.play("v4", List.of());
                agent.waitFor(1, SECONDS);
            }

            assertThat(agent.isAlive()).as("still running without a reader").isFalse();
            assertThat(agent.exitValue()).isEqualTo(OUTPUT_CLOSED);
            String said = Files.readString(errors).replaceAll("(?m)^weir: watching.*\\R", "");
            assertThat(said.lines()).hasSizeLessThanOrEqualTo(1);
            assertNoStackTrace(said);
        } finally {
            agent.destroyForcibly();
        }
    }

    private record Ended(int code, String output, String errors) {}

    private Ended run(List<String> command) throws IOException, InterruptedException {
        Path errors = directory.resolve("errors");
        Path output = directory.resolve("output");
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile())
                        .start();
        process.getOutputStream().close();
        boolean inTime = process.waitFor(LIMIT_S, SECONDS);
        process.destroyForcibly();
        String said = Files.readString(errors, UTF_8);
        assertThat(inTime).as("hangs; said: %s", said).isTrue();
        return new Ended(process.exitValue(), Files.readString(output, UTF_8), said);
    }

    private static void assertOneLine(Ended ended, int code) {
        assertThat(ended.code()).as(ended.errors()).isEqualTo(code);
        assertThat(ended.output()).isEmpty();
        assertThat(ended.errors().lines()).as(ended.errors()).hasSize(1);
        assertThat(ended.errors()).startsWith("weir: ");
        assertNoStackTrace(ended.errors());
    }

    private static void assertNoStackTrace(String said) {
        assertThat(said).doesNotContain("Exception", "\tat ", "java.", "io.weir.");
    }

    private static List<String> weir(String arguments) {
        List<String> command = new ArrayList<>(List.of(Distribution.weir().toString()));
        command.addAll(List.of(arguments.split(" ")));
        return command;
    }

    private static List<String> wrap(String wrapper, String arguments) {
        List<String> command = new ArrayList<>(List.of(wrapper.split(" ")));
        command.addAll(weir(arguments));
        return command;
    }

    private static List<String> inMountNamespace(String prepare, String command) {
        String script = prepare + "exec " + Distribution.weir() + " " + command;
        return List.of("unshare", "--mount", "sh", "-c", script);
    }

    private static List<Path> libbpf() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path root : List.of(Path.of("/usr/lib"), Path.of("/usr/lib64"))) {
            if (!Files.isDirectory(root)) {
                continue;
            }
            try (var files =
                    Files.find(root, 2, (path, a) -> isLibbpf(path) && a.isRegularFile())) {
                found.addAll(files.toList());
            }
        }
        return found;
    }

    private static boolean isLibbpf(Path path) {
        return path.getFileName().toString().startsWith("libbpf.so");
    }
}

package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/weir} with runtimes that only print how they were called. */
@Timeout(30)
final class LauncherTest {
    private record Result(int code, String out, String err) {}

    @TempDir private Path directory;
    private Path launcher;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void install() throws IOException {
        launcher = directory.resolve("opt/weir 1/bin/weir");
        Files.createDirectories(launcher.getParent());
        Files.copy(Path.of("src/main/dist/bin/weir"), launcher);
        environment.put("PATH", "/usr/bin:/bin");
    }

    @Test
    void startsMainWithItsOwnLibrariesAndTheArguments() {
        environment.put("JAVA_HOME", runtime("jdk-22", "22.0.2"));

        Result result = weir(launcher, "agent", "--window", "5 s");

        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .startsWith("jdk-22\n")
                .contains("\n--enable-native-access=ALL-UNNAMED\n")
                .endsWith(
                        "\n-cp\n%s/opt/weir 1/lib/*\nio.weir.Weir\nagent\n--window\n5 s\n"
                                .formatted(real(directory)));
    }

    @Test
    void findsItsHomeThroughLinks() throws IOException {
        environment.put("JAVA_HOME", runtime("jdk-22", "22.0.2"));
        Path first = Files.createSymbolicLink(directory.resolve("weir-link"), launcher);
        Path bin = Files.createDirectory(directory.resolve("bin"));
        Path second = Files.createSymbolicLink(bin.resolve("weir"), Path.of("../weir-link"));

        assertThat(weir(first).out()).contains(real(directory) + "/opt/weir 1/lib/*");
        assertThat(weir(second).out()).contains(real(directory) + "/opt/weir 1/lib/*");
    }

    @Test
    void passesOnTheOperatorsOptionsAfterItsOwn() {
        environment.put("JAVA_HOME", runtime("jdk-22", "22.0.2"));
        environment.put("WEIR_JAVA_OPTS", "-Xmx1g -Dx=y");

        assertThat(weir(launcher).out()).containsSubsequence("-Xmx256m\n", "-Xmx1g\n-Dx=y\n-cp\n");
    }

    @Test
    void weirJavaWinsOverJavaHome() {
        environment.put("JAVA_HOME", runtime("jdk-22", "22.0.2"));
        environment.put("WEIR_JAVA", runtime("jdk-25", "25"));
        assertThat(weir(launcher).out()).startsWith("jdk-25\n");

        environment.put("WEIR_JAVA", runtime("jdk-26", "26") + "/bin/java");
        assertThat(weir(launcher).out()).startsWith("jdk-26\n");
    }

    @Test
    void passesByAnOldJavaHomeForANewJavaOnThePath() {
        environment.put("JAVA_HOME", runtime("jdk-17", "17.0.15"));
        environment.put("PATH", runtime("jdk-23", "23.0.1") + "/bin:/usr/bin:/bin");

        assertThat(weir(launcher).out()).startsWith("jdk-23\n");
    }

    @Test
    void anOldOrWrongWeirJavaIsRefusedByName() {
        String old = runtime("jdk-17", "17.0.15");
        environment.put("WEIR_JAVA", old);
        assertThat(weir(launcher))
                .isEqualTo(
                        new Result(
                                2, "", "weir: WEIR_JAVA=" + old + " is not a Java 22 or newer.\n"));

        environment.put("WEIR_JAVA", "/absent");
        assertThat(weir(launcher).err())
                .isEqualTo("weir: WEIR_JAVA=/absent is neither a Java directory nor a program.\n");
    }

    @Test
    void withoutANewJavaItSaysWhatItFound() {
        String old = runtime("jdk-17", "17.0.15");
        environment.put("JAVA_HOME", old);
        environment.put("WEIR_JAVA_DIRECTORIES", directory + "/nothing");
        environment.put("PATH", toolsWithoutJava());

        Result result = weir(launcher);

        assertThat(result.code()).isEqualTo(5);
        assertThat(result.err())
                .startsWith(
                        "weir: no Java 22 or newer here (found: Java 17 at " + old + "). Install");

        environment.remove("JAVA_HOME");
        assertThat(weir(launcher).err()).contains("(found: none)");
    }

    @Test
    void looksWhereRuntimesAreInstalled() {
        runtime("jvm/a-17", "17.0.15");
        runtime("jvm/b-25", "25.0.1");
        environment.put("WEIR_JAVA_DIRECTORIES", directory + "/jvm");
        environment.put("PATH", toolsWithoutJava());

        assertThat(weir(launcher).out()).startsWith("b-25\n");
    }

    /** A directory that looks like a runtime; its java prints its name and arguments. */
    private String runtime(String name, String version) {
        Path home = directory.resolve(name);
        program(home.resolve("bin/java"), "printf '%s\\n' " + home.getFileName() + " \"$@\"");
        try {
            Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return real(home);
    }

    private String toolsWithoutJava() {
        Path tools = directory.resolve("tools");
        for (String tool : List.of("dirname", "readlink", "sed")) {
            program(tools.resolve(tool), "exec /usr/bin/" + tool + " \"$@\"");
        }
        return tools.toString();
    }

    private static void program(Path file, String script) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "#!/bin/sh\n" + script + "\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String real(Path path) {
        try {
            return path.toRealPath().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Result weir(Path program, String... arguments) {
        try {
            ProcessBuilder builder = new ProcessBuilder("/bin/sh", program.toString());
            builder.command().addAll(List.of(arguments));
            builder.environment().clear();
            builder.environment().putAll(environment);
            Path err = directory.resolve("err");
            Process process = builder.redirectError(err.toFile()).start();
            String out =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor(20, TimeUnit.SECONDS);
            return new Result(process.exitValue(), out, Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.weir.agent.sys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a user sees whose machine or command line lacks something: tried in JVMs of their own. */
class NativeLibrariesTest {
    /** From JDK 24 a JVM without the flag warns and goes on, unless it is told to be strict. */
    private static final String DENY =
            Runtime.version().feature() >= 24
                    ? "--illegal-native-access=deny"
                    : "--enable-native-access=java.logging";

    @Test
    void shouldFindLibbpf() {
        assertThat(NativeLibraries.libbpf().find("bpf_object__open_mem")).isPresent();
    }

    @Test
    void shouldNameThePackageOfAMissingLibbpf() throws Exception {
        String output = run("--enable-native-access=ALL-UNNAMED", "-Dweir.libbpf=/nowhere.so.1");

        assertThat(output)
                .startsWith("MissingLibraryException: libbpf.so.1 cannot be loaded: install")
                .contains("libbpf1 (Debian, Ubuntu");
    }

    @Test
    void shouldNameTheFlagThatLetsTheJvmCallNativeCode() throws Exception {
        String output = run(DENY);

        assertThat(output)
                .contains("NativeAccessDeniedException")
                .contains("start it with --enable-native-access=ALL-UNNAMED");
    }

    private static String run(String... options) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString()));
        command.addAll(List.of(options));
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), Probe.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    /** Asks for libbpf twice, as two threads of an agent would, and prints the second answer. */
    static final class Probe {
        public static void main(String[] arguments) {
            try {
                NativeLibraries.libbpf();
            } catch (RuntimeException first) {
                try {
                    NativeLibraries.libbpf();
                } catch (RuntimeException second) {
                    System.out.println(
                            second.getClass().getSimpleName() + ": " + second.getMessage());
                }
            }
        }
    }
}

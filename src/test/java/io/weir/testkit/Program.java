package io.weir.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How a program ended.
 *
 * @param code its exit status
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
public record Program(int code, String out, String err) {
    private static final long LIMIT_S = 120;

    /** Runs a program to its end. */
    public static Program run(List<String> command) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("program", ".err");
        try {
            Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", command) + " does not end");
            }
            return new Program(process.exitValue(), out, Files.readString(errors));
        } finally {
            Files.delete(errors);
        }
    }
}

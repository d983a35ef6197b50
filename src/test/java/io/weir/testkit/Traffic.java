package io.weir.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A running {@code src/test/c/traffic}: plays a row and tells the truth about it. */
public final class Traffic implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int SKIP = 77;
    private static final long LIMIT_S = 300;

    private final String row;
    private final Process process;
    private final Path errors;
    private final BufferedReader out;

    private Traffic(String row, Process process, Path errors) {
        this.row = row;
        this.process = process;
        this.errors = errors;
        this.out = process.inputReader(UTF_8);
    }

    /** Starts a row; see {@code traffic --help} for the options. */
    public static Traffic start(String row, List<String> options) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(Distribution.testProgram("traffic").toString(), row));
        command.addAll(options);
        Path errors = Files.createTempFile("traffic", ".err");
        Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        return new Traffic(row, process, errors);
    }

    /** Plays a row to its end; aborts the test where this kernel cannot play it. */
    public static List<Truth> play(String row, List<String> options)
            throws IOException, InterruptedException {
        try (Traffic traffic = start(row, options)) {
            return traffic.finish();
        }
    }

    /** The next connection's truth, as soon as it is known. */
    public Truth next() throws IOException, InterruptedException {
        String line = out.readLine();
        if (line == null) {
            finish();
            throw new AssertionError(row + " told no more");
        }
        return Truth.of(JSON.readTree(line));
    }

    /** What has not been read yet, to the end. */
    public List<Truth> finish() throws IOException, InterruptedException {
        List<Truth> truths = new ArrayList<>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            truths.add(Truth.of(JSON.readTree(line)));
        }
        awaitSuccess();
        return truths;
    }

    /** Waits for the end of a bulk row, whose truth is in its detail file. */
    public void awaitSuccess() throws IOException, InterruptedException {
        if (!process.waitFor(LIMIT_S, SECONDS)) {
            throw new AssertionError(row + " did not end within " + LIMIT_S + " s");
        }
        String said = Files.readString(errors).strip().replaceFirst("^traffic: ", "");
        if (process.exitValue() == SKIP) {
            abort(said);
        }
        if (process.exitValue() != 0) {
            throw new AssertionError(row + " ended with " + process.exitValue() + ": " + said);
        }
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        out.close();
        Files.deleteIfExists(errors);
    }
}

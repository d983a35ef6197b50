package io.weir.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** {@code weir agent} as a user runs it: a process that prints JSON lines. */
public final class AgentProcess implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);

    private final Process process;
    private final Flows flows = new Flows();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final CountDownLatch watching = new CountDownLatch(1);
    private final Thread lines;
    private final Thread messages;
    private volatile RuntimeException unreadable;

    private AgentProcess(Process process) {
        this.process = process;
        this.lines = Thread.ofPlatform().name("agent-out").daemon().start(this::readLines);
        this.messages = Thread.ofPlatform().name("agent-err").daemon().start(this::readMessages);
    }

    /** Starts an agent with windows of one second, or as the options say, and waits for it. */
    public static AgentProcess start(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Distribution.weir().toString());
        command.addAll(List.of("agent", "--sink", "stdout", "--format", "jsonl"));
        if (!List.of(options).contains("--window")) {
            command.addAll(List.of("--window", "1s"));
        }
        command.addAll(List.of(options));
        AgentProcess agent = new AgentProcess(new ProcessBuilder(command).start());
        agent.awaitWatching();
        return agent;
    }

    private void awaitWatching() throws InterruptedException {
        long deadlineNs = System.nanoTime() + START.toNanos();
        while (!watching.await(20, MILLISECONDS)) {
            if (!process.isAlive() || System.nanoTime() > deadlineNs) {
                close();
                throw new AssertionError("the agent did not say it was watching: " + errors());
            }
        }
    }

    private void readLines() {
        try (BufferedReader in = process.inputReader(UTF_8)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                flows.add(FlowLine.parse(line));
            }
        } catch (IOException e) {
            unreadable = new UncheckedIOException(e);
        } catch (RuntimeException e) {
            unreadable = e;
        } finally {
            flows.end();
        }
    }

    private void readMessages() {
        try (BufferedReader in = process.errorReader(UTF_8)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                errors.add(line);
                if (line.contains("weir: watching")) {
                    watching.countDown();
                }
            }
        } catch (IOException e) {
            errors.add(e.toString());
        }
    }

    /** The records so far; fails if a line was none. */
    public Flows flows() {
        if (unreadable != null) {
            throw new AssertionError("the agent's output", unreadable);
        }
        return flows;
    }

    /** What it said on stderr. */
    public String errors() {
        return String.join("\n", errors);
    }

    public long pid() {
        return process.pid();
    }

    /** Stops or continues it, as the job control of a shell does. */
    public void signal(String name) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
        if (code != 0) {
            throw new AssertionError("kill -" + name + " ended with " + code);
        }
    }

    /**
     * Asks it to end with SIGTERM and reads the last records.
     *
     * @return how long it took
     */
    public Duration stop(Duration limit) throws InterruptedException {
        long startNs = System.nanoTime();
        process.toHandle().destroy(); // Process.destroy would close our end of its pipes
        if (!process.waitFor(limit.toMillis(), MILLISECONDS)) {
            close();
            throw new AssertionError("still there " + limit + " after SIGTERM: " + errors());
        }
        Duration took = Duration.ofNanos(System.nanoTime() - startNs);
        lines.join();
        messages.join();
        flows();
        if (process.exitValue() != 0) {
            throw new AssertionError("exit code " + process.exitValue() + ": " + errors());
        }
        return took;
    }

    /** Ends it with SIGKILL, leaving it no time for anything. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(10, SECONDS)) {
            throw new AssertionError("survived SIGKILL");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

package io.weir.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Idle loopback connections, in namespaces of their own: {@code src/test/c/many-sockets.c}. */
public final class ManySockets implements AutoCloseable {
    private final Process process;

    private ManySockets(Process process) {
        this.process = process;
    }

    /**
     * Returns once all connections are idle.
     *
     * @param namespaces how many to make; 0: in the caller's own
     * @param connections in each, with two sockets each and IPv4 and IPv6 by turns
     * @param congestion controls to use by turns, as far as the kernel has them
     */
    public static ManySockets open(int namespaces, int connections, String... congestion)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Distribution.testProgram("many-sockets").toString());
        command.add(Integer.toString(namespaces));
        command.add(Integer.toString(connections));
        command.addAll(List.of(congestion));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        ManySockets sockets = new ManySockets(process);
        BufferedReader out = process.inputReader(UTF_8);
        for (int ready = 0; ready < Math.max(namespaces, 1); ready++) {
            if (out.readLine() == null) {
                sockets.close();
                throw new IOException(String.join(" ", command) + " did not get ready");
            }
        }
        return sockets;
    }

    /** The first process, which is in the last namespace. */
    public long pid() {
        return process.pid();
    }

    /** Inodes of the namespaces its processes are in. */
    public List<Long> namespaces() throws IOException {
        List<Long> inodes = new ArrayList<>();
        try (Stream<ProcessHandle> all =
                Stream.concat(Stream.of(process.toHandle()), process.descendants())) {
            for (ProcessHandle one : all.toList()) {
                inodes.add(
                        (Long)
                                Files.getAttribute(
                                        Path.of("/proc/" + one.pid() + "/ns/net"), "unix:ino"));
            }
        }
        return inodes;
    }

    /** Ends it at once, and with it the only way into its namespaces. */
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }
}

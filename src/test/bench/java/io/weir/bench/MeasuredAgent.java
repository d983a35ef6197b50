package io.weir.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.testkit.Distribution;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code weir agent --sink null} as a process of its own, and what the kernel says of it. */
final class MeasuredAgent implements AutoCloseable {
    private final Process process;
    private final long startupNs;
    private final long startupCpuNs;

    /** Starts an agent and waits until it watches. */
    MeasuredAgent(String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.addAll(List.of(Distribution.weir().toString(), "agent", "--sink", "null"));
        command.addAll(List.of(options));
        long startNs = System.nanoTime();
        process = new ProcessBuilder(command).start();
        awaitWatching(process.errorReader(UTF_8));
        startupNs = System.nanoTime() - startNs;
        startupCpuNs = process.info().totalCpuDuration().orElseThrow().toNanos();
        Thread.ofPlatform().daemon().start(this::passMessagesOn);
    }

    private static void awaitWatching(BufferedReader messages) throws IOException {
        StringBuilder said = new StringBuilder();
        String line;
        do {
            line = messages.readLine();
            if (line == null) {
                throw new AssertionError("the agent ended: " + said);
            }
            said.append(line).append('\n');
        } while (!line.contains("weir: watching"));
    }

    private void passMessagesOn() {
        try {
            process.errorReader(UTF_8)
                    .lines()
                    .forEach(line -> System.err.println("agent: " + line));
        } catch (UncheckedIOException ended) {
            // with the agent
        }
    }

    /** From exec to the line that says it misses nothing any more. */
    long startupNs() {
        return startupNs;
    }

    /** Processor time until then, which other programs on this machine disturb less. */
    long startupCpuNs() {
        return startupCpuNs;
    }

    /** {@code /proc/PID/smaps_rollup} in KiB: Rss, Pss, Private_Dirty and more. */
    Map<String, Long> memoryKib() throws IOException {
        Map<String, Long> kib = new HashMap<>();
        for (String line : Files.readAllLines(proc("smaps_rollup"))) {
            if (line.endsWith(" kB")) {
                int colon = line.indexOf(':');
                String value = line.substring(colon + 1, line.length() - 3).strip();
                kib.put(line.substring(0, colon), Long.parseLong(value));
            }
        }
        return kib;
    }

    /** What the kernel charges for the maps the agent holds, in KiB. */
    long mapKib() throws IOException {
        Set<String> seen = new HashSet<>();
        long bytes = 0;
        try (Stream<Path> descriptors = Files.list(proc("fdinfo"))) {
            for (Path descriptor : descriptors.toList()) {
                Map<String, String> info = info(descriptor);
                if (info.containsKey("map_type") && seen.add(info.get("map_id"))) {
                    bytes += Long.parseLong(info.get("memlock"));
                }
            }
        }
        return bytes / 1024;
    }

    private static Map<String, String> info(Path descriptor) throws IOException {
        Map<String, String> info = new HashMap<>();
        for (String line : Files.readAllLines(descriptor)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                info.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
        return info;
    }

    private Path proc(String file) {
        return Path.of("/proc", Long.toString(process.pid()), file);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

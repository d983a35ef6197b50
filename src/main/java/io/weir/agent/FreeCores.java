package io.weir.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processors this process may use and nobody keeps busy: what spinning would not take away. */
final class FreeCores {
    private static final Path LOAD_AVERAGE = Path.of("/proc/loadavg");

    private FreeCores() {}

    /** At the moment; all of them if the load is not known. */
    static int count() {
        int processors = Runtime.getRuntime().availableProcessors();
        try {
            return count(processors, Files.readString(LOAD_AVERAGE));
        } catch (IOException e) {
            return processors;
        }
    }

    /** @param loadAverage as {@code /proc/loadavg} has it: that of the last minute comes first */
    static int count(int processors, String loadAverage) {
        double load = Double.parseDouble(loadAverage.substring(0, loadAverage.indexOf(' ')));
        return (int) Math.max(0, Math.floor(processors - load));
    }
}

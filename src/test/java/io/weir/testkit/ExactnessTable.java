package io.weir.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The file {@code exactness.tsv}: kernel, row, connections, bytes truth, bytes seen, difference, lost
 * events, result. Bytes are those of both directions at both ends.
 */
public final class ExactnessTable {
    private final String label = System.getenv().getOrDefault("WEIR_LABEL", "native");
    private final Path file;

    public ExactnessTable() throws IOException {
        String share = System.getenv("WEIR_SHARE");
        Path directory = Path.of(share == null ? "target/kernel-tests/native" : share);
        Files.createDirectories(directory);
        file = directory.resolve("exactness.tsv");
    }

    public void append(String row, Exactness exactness, long lostEvents) throws IOException {
        String line =
                "%s\t%s\t%d\t%d\t%d\t%d\t%d\t%s%n"
                        .formatted(
                                label,
                                row,
                                exactness.connections(),
                                exactness.truthBytes(),
                                exactness.seenBytes(),
                                exactness.seenBytes() - exactness.truthBytes(),
                                lostEvents,
                                exactness.problems().isEmpty() ? "exact" : "DIFFERS");
        Files.writeString(file, line, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}

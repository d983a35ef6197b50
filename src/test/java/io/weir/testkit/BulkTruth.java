package io.weir.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The detail file of a bulk row: one connection a line. */
public final class BulkTruth {
    private static final String SERVER = "127.0.0.1";

    private BulkTruth() {}

    public static List<Truth> read(String row, Path detail) throws IOException {
        return Files.readAllLines(detail).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> truth(row, line.split(" ", -1)))
                .toList();
    }

    private static Truth truth(String row, String[] fields) {
        Tally client = new Tally(Long.parseLong(fields[3]), Long.parseLong(fields[4]));
        return new Truth(
                row,
                new Endpoint(fields[0], Integer.parseInt(fields[1])),
                new Endpoint(SERVER, Integer.parseInt(fields[2])),
                client,
                client,
                client.mirrored(),
                null,
                fields[5],
                "FIN");
    }
}

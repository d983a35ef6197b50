package io.weir.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Rows for the table that {@code make test-kernels} prints: kernel, hook, step, result. */
public final class HookTable {
    private HookTable() {}

    /** Adds a row; nothing where no harness collects them. */
    public static void add(String hook, String step, String result) {
        String share = System.getenv("WEIR_SHARE");
        if (share == null) {
            return;
        }
        String row =
                String.join("\t", System.getenv("WEIR_LABEL"), hook, step, result)
                        + System.lineSeparator();
        try {
            Files.writeString(
                    Path.of(share, "hooks.tsv"),
                    row,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}

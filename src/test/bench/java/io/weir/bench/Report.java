package io.weir.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tables of figures: aligned text on stdout, the same as Markdown at the end of a file. */
final class Report {
    private final Path markdown;

    /** @param markdown null for none */
    Report(Path markdown) {
        this.markdown = markdown;
    }

    /** Starts a table, which {@link Table#print} ends. */
    Table table(String title, String... columns) {
        return new Table(title, columns);
    }

    /** A line of its own. */
    void note(String text) {
        print("  " + text, text + "\n");
    }

    private void print(String text, String markdownText) {
        System.out.println(text);
        if (markdown != null) {
            try {
                Files.writeString(
                        markdown,
                        markdownText + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A figure with as many digits as it is good for. */
    static String figure(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        int decimals = Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** One table; rows appear when it is printed. */
    final class Table {
        private final String title;
        private final List<List<String>> rows = new ArrayList<>();

        private Table(String title, String... columns) {
            this.title = title;
            rows.add(List.of(columns));
        }

        void row(String... cells) {
            rows.add(List.of(cells));
        }

        void print() {
            int[] widths = IntStream.range(0, rows.getFirst().size()).map(this::widthOf).toArray();
            List<String> text = new ArrayList<>(List.of("", title));
            List<String> marked = new ArrayList<>(List.of("### " + title, ""));
            for (List<String> row : rows) {
                text.add("  " + line(row, widths, "  "));
                marked.add("| " + line(row, widths, " | ") + " |");
            }
            marked.add(3, rule(widths.length));
            Report.this.print(String.join("\n", text), String.join("\n", marked) + "\n");
        }

        private int widthOf(int column) {
            return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        }

        /** The first column names, the others are figures and stand to the right. */
        private static String line(List<String> row, int[] widths, String between) {
            return IntStream.range(0, widths.length)
                    .mapToObj(i -> padded(row.get(i), i == 0 ? -widths[i] : widths[i]))
                    .collect(Collectors.joining(between));
        }

        private static String padded(String cell, int width) {
            return width == 0 ? "" : String.format(Locale.ROOT, "%" + width + "s", cell);
        }

        private static String rule(int columns) {
            return IntStream.range(0, columns)
                    .mapToObj(i -> i == 0 ? ":--" : "--:")
                    .collect(Collectors.joining(" | ", "| ", " |"));
        }
    }
}

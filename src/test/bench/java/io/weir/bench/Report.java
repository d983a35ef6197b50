package io.weir.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tables of figures, as aligned text or as Markdown. */
final class Report {
    private final boolean markdown;

    Report(boolean markdown) {
        this.markdown = markdown;
    }

    /** Starts a table, which {@link Table#print} ends. */
    Table table(String title, String... columns) {
        return new Table(title, columns);
    }

    /** A line of its own. */
    void note(String text) {
        System.out.println(markdown ? text + "\n" : "  " + text);
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
            System.out.println(markdown ? "\n### " + title + "\n" : "\n" + title);
            int columns = rows.getFirst().size();
            int[] widths = new int[columns];
            for (List<String> row : rows) {
                for (int i = 0; i < columns; i++) {
                    widths[i] = Math.max(widths[i], row.get(i).length());
                }
            }
            for (int i = 0; i < rows.size(); i++) {
                System.out.println(line(rows.get(i), widths));
                if (i == 0 && markdown) {
                    System.out.println(rule(columns));
                }
            }
            if (markdown) {
                System.out.println();
            }
        }

        /** The first column names, the others are figures and stand to the right. */
        private String line(List<String> row, int[] widths) {
            String cells =
                    IntStream.range(0, row.size())
                            .mapToObj(i -> padded(row.get(i), i == 0 ? -widths[i] : widths[i]))
                            .collect(Collectors.joining(markdown ? " | " : "  "));
            return markdown ? "| " + cells + " |" : "  " + cells;
        }

        private static String padded(String cell, int width) {
            return String.format(Locale.ROOT, "%" + width + "s", cell);
        }

        private static String rule(int columns) {
            return IntStream.range(0, columns)
                    .mapToObj(i -> i == 0 ? ":--" : "--:")
                    .collect(Collectors.joining(" | ", "| ", " |"));
        }
    }
}

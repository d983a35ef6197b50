package io.weir.cli.sockets;

import io.weir.agent.sink.stdout.Look;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Aligned columns for people. On a terminal that is too narrow, the columns that are least needed go,
 * and then the ends of lines.
 */
final class SocketTable implements SocketText {
    private static final String GAP = "  ";

    private final Look look;
    private final IntSupplier width;

    SocketTable(Look look, IntSupplier width) {
        this.look = look;
        this.width = width;
    }

    /** A column's cells, the title first. */
    private record Strip(SocketColumn column, List<String> cells, int width) {
        static Strip of(SocketColumn column, List<SocketRow> rows) {
            List<String> cells = new ArrayList<>(rows.size() + 1);
            cells.add(column.title());
            rows.forEach(row -> cells.add(column.text(row)));
            int widest = cells.stream().mapToInt(String::length).max().orElse(0);
            return new Strip(column, cells, widest);
        }

        boolean isEmpty() {
            return cells.stream().skip(1).allMatch(String::isEmpty);
        }
    }

    @Override
    public void write(List<SocketRow> rows, OutputStream out) throws IOException {
        int most = look.clip() ? width.getAsInt() : Integer.MAX_VALUE;
        List<Strip> strips = fitting(rows, most);
        StringBuilder text = new StringBuilder();
        for (int line = 0; line <= rows.size(); line++) {
            text.append(line(strips, line, most)).append('\n');
        }
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static List<Strip> fitting(List<SocketRow> rows, int most) {
        List<Strip> strips = new ArrayList<>();
        for (SocketColumn column : SocketColumn.values()) {
            Strip strip = Strip.of(column, rows);
            if (column.rank() == 0 || !strip.isEmpty()) {
                strips.add(strip);
            }
        }
        while (total(strips) > most) {
            Strip last =
                    strips.stream()
                            .max(Comparator.comparingInt(strip -> strip.column().rank()))
                            .orElseThrow();
            if (last.column().rank() == 0) {
                break;
            }
            strips.remove(last);
        }
        return strips;
    }

    private static int total(List<Strip> strips) {
        return strips.stream().mapToInt(strip -> strip.width() + GAP.length()).sum() - GAP.length();
    }

    private String line(List<Strip> strips, int index, int most) {
        StringBuilder line = new StringBuilder();
        for (Strip strip : strips) {
            String cell = strip.cells().get(index);
            String blanks = " ".repeat(strip.width() - cell.length());
            line.append(line.isEmpty() ? "" : GAP)
                    .append(strip.column().isNumber() ? blanks + cell : cell + blanks);
        }
        String plain = line.toString().stripTrailing();
        String cut =
                plain.length() <= most
                        ? plain
                        : plain.substring(0, most - look.ellipsis().length()) + look.ellipsis();
        return index == 0 ? look.heading(cut) : cut;
    }
}

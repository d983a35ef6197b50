package io.weir.agent.sink.stdout;

import io.weir.agent.sink.stdout.Look.Colour;
import io.weir.record.FlowRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.function.IntSupplier;

/**
 * Records as aligned columns that fit the terminal, the header again whenever a screen has gone by.
 * Rates are over the record's window, sizes are the connection's so far; where there is no room for
 * both, a living connection shows its rate and one that ended its size.
 */
public final class TableText implements RecordText {
    private static final int LINES_PER_HEADER = 40;

    private final Look look;
    private final IntSupplier width;
    private final Cells cells;
    private final StringBuilder batch = new StringBuilder(4096);
    private Layout layout;
    private int linesLeft;

    /**
     * @param width columns of the terminal, asked once per header
     * @param zone for the time of day
     */
    public TableText(Look look, IntSupplier width, ZoneId zone) {
        this.look = look;
        this.width = width;
        this.cells = new Cells(look, zone);
    }

    @Override
    public void append(FlowRecord record) {
        if (layout == null || (look.clip() && linesLeft == 0)) {
            header();
        }
        linesLeft--;
        row(record);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        byte[] bytes = batch.toString().getBytes(StandardCharsets.UTF_8);
        batch.setLength(0);
        out.write(bytes);
    }

    private void header() {
        linesLeft = LINES_PER_HEADER;
        layout = Layout.of(width.getAsInt());
        layout.widths().keySet().forEach(column -> cell(column, column.title(), Colour.DIM));
        endLine();
    }

    private void row(FlowRecord record) {
        Status status = Status.of(record, look);
        for (Column column : layout.widths().keySet()) {
            cell(column, cells.text(column, record, status, layout), colour(column, status));
        }
        endLine();
    }

    private static Colour colour(Column column, Status status) {
        return switch (column) {
            case MARK, STATUS -> status.colour();
            case TIME -> Colour.DIM;
            case PROCESS -> Colour.BOLD;
            case RETRANSMITTED -> Colour.YELLOW;
            default -> Colour.PLAIN;
        };
    }

    private void cell(Column column, String text, Colour colour) {
        int columnWidth = layout.width(column);
        String shown = look.clip() ? cut(text, columnWidth) : text;
        String blanks = " ".repeat(Math.max(columnWidth - shown.length(), 0));
        if (column.isNumber()) {
            batch.append(blanks).append(look.paint(colour, shown));
        } else {
            batch.append(look.paint(colour, shown)).append(blanks);
        }
        batch.append(' ');
    }

    private String cut(String text, int columnWidth) {
        return text.length() <= columnWidth
                ? text
                : text.substring(0, columnWidth - look.ellipsis().length()) + look.ellipsis();
    }

    private void endLine() {
        int end = batch.length();
        while (end > 0 && batch.charAt(end - 1) == ' ') {
            end--;
        }
        batch.setLength(end);
        batch.append('\n');
    }
}

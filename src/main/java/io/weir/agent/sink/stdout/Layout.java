package io.weir.agent.sink.stdout;

import java.util.EnumMap;
import java.util.Map;

/**
 * Which columns a terminal of some width has room for. What is least needed goes first: the rates'
 * own columns, then retransmissions, then times.
 *
 * @param widths the columns shown, each with its width
 * @param compact numbers without a blank before the unit
 */
record Layout(Map<Column, Integer> widths, boolean compact) {
    private static final int WIDE = 150;
    private static final int USUAL = 112;
    private static final int MEDIUM = 96;

    /** {@code 255.255.255.255:65535 → 255.255.255.255:65535}. */
    private static final int TWO_IPV4_ENDPOINTS = 45;

    private static final int LEAST_FLOW = 16;

    /** 15 letters and a pid of seven digits in parentheses. */
    private static final int LONGEST_PROCESS = 24;

    static Layout of(int width) {
        Map<Column, Integer> widths = new EnumMap<>(Column.class);
        boolean compact = width < MEDIUM;
        widths.put(Column.TIME, 8);
        widths.put(Column.MARK, 1);
        widths.put(Column.PROCESS, width >= WIDE ? 18 : width >= USUAL ? 14 : 13);
        widths.put(Column.SENT, compact ? 8 : 9);
        widths.put(Column.RECEIVED, compact ? 8 : 9);
        widths.put(Column.STATUS, 14);
        if (width >= MEDIUM) {
            widths.put(Column.RTT, 7);
            widths.put(Column.TOOK, 7);
        }
        if (width >= USUAL) {
            widths.put(Column.RETRANSMITTED, 4);
        }
        if (width >= WIDE) {
            widths.put(Column.SENT_RATE, 9);
            widths.put(Column.RECEIVED_RATE, 9);
        }
        share(widths, width);
        return new Layout(widths, compact);
    }

    /** Gives what is left to the endpoints until IPv4 fits, then to the process, then to IPv6. */
    private static void share(Map<Column, Integer> widths, int width) {
        int fixed = widths.values().stream().mapToInt(Integer::intValue).sum() + widths.size();
        int left = Math.max(width - fixed, LEAST_FLOW);
        int wanted = LONGEST_PROCESS - widths.get(Column.PROCESS);
        int more = Math.clamp(left - TWO_IPV4_ENDPOINTS, 0, wanted);
        widths.merge(Column.PROCESS, more, Integer::sum);
        widths.put(Column.FLOW, left - more);
    }

    int width(Column column) {
        return widths.get(column);
    }

    /** Whether rates have columns of their own beside the totals. */
    boolean hasRates() {
        return widths.containsKey(Column.SENT_RATE);
    }
}

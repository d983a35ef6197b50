package io.weir.agent.sink.stdout;

import java.util.Locale;

/** Numbers the way people read them, each within a known width. */
public final class Human {
    private static final String[] PREFIXES = {"", "k", "M", "G", "T", "P", "E"};

    private Human() {}

    /** Decimal, three digits: {@code 0 B}, {@code 999 B}, {@code 1.50 kB}, {@code 12.3 MB}. */
    public static String bytes(long bytes) {
        return scaled(bytes, "B");
    }

    /** Bytes per second over a time: {@code 1.50 MB/s}; empty for nothing. */
    public static String rate(long bytes, long ns) {
        return bytes == 0 || ns <= 0 ? "" : scaled(Math.round(bytes * 1e9 / ns), "B/s");
    }

    private static String scaled(long value, String unit) {
        double scaled = value;
        int prefix = 0;
        while (scaled >= 999.5 && prefix < PREFIXES.length - 1) {
            scaled /= 1000;
            prefix++;
        }
        return (prefix == 0 ? Long.toString(value) : threeDigits(scaled))
                + " "
                + PREFIXES[prefix]
                + unit;
    }

    /** A time given in µs: {@code 85 µs}, {@code 1.24 ms}, {@code 12.3 s}, {@code 2m07s}. */
    public static String micros(long us) {
        if (us < 1_000) {
            return us + " µs";
        }
        if (us < 999_500) {
            return threeDigits(us / 1e3) + " ms";
        }
        if (us < 99_950_000) {
            return threeDigits(us / 1e6) + " s";
        }
        long seconds = us / 1_000_000;
        if (seconds < 6_000) {
            return "%dm%02ds".formatted(seconds / 60, seconds % 60);
        }
        long minutes = seconds / 60;
        return minutes < 6_000
                ? "%dh%02dm".formatted(minutes / 60, minutes % 60)
                : "%dd%02dh".formatted(minutes / 1_440, minutes / 60 % 24);
    }

    private static String threeDigits(double value) {
        int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}

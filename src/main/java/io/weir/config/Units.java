package io.weir.config;

import java.time.Duration;
import java.util.Locale;

/** Values written the way an operator would type them: {@code 5s}, {@code 64k}, {@code tp-btf}. */
public final class Units {
    private Units() {}

    /** {@code 500ms}, {@code 5s}, {@code 10m}, {@code 1h}: the largest unit that is exact. */
    public static String duration(Duration duration) {
        long ms = duration.toMillis();
        if (ms == 0) {
            return "0";
        }
        if (ms % 1_000 != 0) {
            return ms + "ms";
        }
        if (ms % 60_000 != 0) {
            return ms / 1_000 + "s";
        }
        return ms % 3_600_000 == 0 ? ms / 3_600_000 + "h" : ms / 60_000 + "m";
    }

    /** {@code 4k}, {@code 1m}, {@code 1g}: the largest unit that is exact. */
    public static String size(long bytes) {
        if (bytes == 0 || bytes % 1024 != 0) {
            return Long.toString(bytes);
        }
        if (bytes % (1L << 20) != 0) {
            return (bytes >> 10) + "k";
        }
        return bytes % (1L << 30) != 0 ? (bytes >> 20) + "m" : (bytes >> 30) + "g";
    }

    /** {@code busy-spin} for {@code BUSY_SPIN}. */
    public static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

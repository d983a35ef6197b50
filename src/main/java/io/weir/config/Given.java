package io.weir.config;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One value as the operator wrote it, and where; every refusal shows both.
 *
 * @param text the value, trimmed
 * @param shown key and value as written, such as {@code --window 5x} or {@code WEIR_WINDOW=5x}
 */
public record Given(String text, String shown) {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,10})\\s*([kmg]?)(i?b)?");
    private static final int MAX_PORT = 65_535;
    private static final Pattern COUNT = Pattern.compile("\\d{1,10}");

    /** Keeps the value without surrounding blanks. */
    public Given {
        text = text.strip();
    }

    /** A value from a place that is none of flag, environment or file, such as a default. */
    public static Given of(Setting setting, String text) {
        return new Given(text, setting.key() + "=" + text);
    }

    /** A time such as {@code 500ms}, {@code 5s}, {@code 1m} or {@code 1h}; {@code 0} is none. */
    public Duration duration(Duration min, Duration max) {
        String allowed =
                "Use a number with ms, s, m or h, from %s to %s, such as 5s"
                        .formatted(Units.duration(min), Units.duration(max));
        Duration value = parseDuration("is not a duration", allowed);
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw refused(value.compareTo(min) < 0 ? "is too short" : "is too long", allowed);
        }
        return value;
    }

    private Duration parseDuration(String otherwise, String allowed) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        Matcher parts = DURATION.matcher(text.toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            throw refused(otherwise, allowed);
        }
        long number = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    /** A size in bytes such as {@code 64k} or {@code 1m} that a ring buffer may have. */
    public int ringBytes(int pageBytes, int maxBytes) {
        String allowed =
                "Use a power of two from %s (a page) to %s, such as 1m"
                        .formatted(Units.size(pageBytes), Units.size(maxBytes));
        Matcher parts = SIZE.matcher(text.toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            throw refused("is not a size", allowed);
        }
        long number = Long.parseLong(parts.group(1));
        if (number > maxBytes >> shift(parts.group(2))) {
            throw refused("is too large", allowed);
        }
        long bytes = number << shift(parts.group(2));
        if (bytes < pageBytes) {
            throw refused("is too small", allowed);
        }
        if (Long.bitCount(bytes) != 1) {
            throw refused("is not a power of two", nearestPowersOfTwo(bytes));
        }
        return (int) bytes;
    }

    private static int shift(String unit) {
        return switch (unit) {
            case "k" -> 10;
            case "m" -> 20;
            case "g" -> 30;
            default -> 0;
        };
    }

    private static String nearestPowersOfTwo(long bytes) {
        long below = Long.highestOneBit(bytes);
        return "Use %s or %s".formatted(Units.size(below), Units.size(below << 1));
    }

    /** Where to listen: {@code 127.0.0.1:9464}, {@code [::1]:9464}, {@code localhost:9464}, {@code :9464}. */
    public InetSocketAddress address() {
        String allowed = "Use an address and a port, such as 127.0.0.1:9464 or [::1]:9464";
        int colon = text.lastIndexOf(':');
        if (colon < 0 || !COUNT.matcher(text.substring(colon + 1)).matches()) {
            throw refused("is not an address with a port", allowed);
        }
        long port = Long.parseLong(text.substring(colon + 1));
        if (port > MAX_PORT) {
            throw refused("has a port above " + MAX_PORT, allowed);
        }
        String host = text.substring(0, colon);
        InetSocketAddress address =
                host.isEmpty()
                        ? new InetSocketAddress((int) port)
                        : new InetSocketAddress(host, (int) port);
        if (address.isUnresolved()) {
            throw refused("names no address of this machine", allowed);
        }
        return address;
    }

    /** A whole number. */
    public int count(int min, int max) {
        String allowed = "Use a whole number from %d to %d".formatted(min, max);
        if (!COUNT.matcher(text).matches()) {
            throw refused("is not a number", allowed);
        }
        long value = Long.parseLong(text);
        if (value < min || value > max) {
            throw refused(value < min ? "is too small" : "is too large", allowed);
        }
        return (int) value;
    }

    /** One of the names of {@code type}, written {@code busy-spin} for {@code BUSY_SPIN}. */
    public <E extends Enum<E>> E oneOf(Class<E> type) {
        String wanted = text.toLowerCase(Locale.ROOT).replace('_', '-');
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> Units.name(constant).equals(wanted))
                .findFirst()
                .orElseThrow(() -> refused("is not known", "Use " + namesOf(type)));
    }

    /** The names of {@code type} as a sentence part: {@code jsonl or table}. */
    static String namesOf(Class<? extends Enum<?>> type) {
        String names =
                Arrays.stream(type.getEnumConstants())
                        .map(Units::name)
                        .collect(Collectors.joining(", "));
        int last = names.lastIndexOf(", ");
        return last < 0 ? names : names.substring(0, last) + " or " + names.substring(last + 2);
    }

    /** The exception for this value, to be thrown by whoever finds it wrong. */
    public ConfigException refused(String why, String allowed) {
        return new ConfigException(shown + " " + why, allowed);
    }
}

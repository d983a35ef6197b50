package io.weir.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * How the agent looks at the sockets there are.
 *
 * @param interval between two looks at all of them; zero: never
 * @param states mask of {@code 1 << number} of the TCP states looked at
 * @param attributes mask of {@code 1 << (number - 1)} of what to ask: {@code INET_DIAG_*}
 */
public record PollSettings(Duration interval, int states, int attributes) {
    private static final String ALL = "all";
    private static final String NONE = "none";

    /** TCP states by number, from 1: {@code include/net/tcp_states.h}. */
    private static final List<String> STATES =
            List.of(
                    "established",
                    "syn-sent",
                    "syn-recv",
                    "fin-wait1",
                    "fin-wait2",
                    "time-wait",
                    "close",
                    "close-wait",
                    "last-ack",
                    "listen",
                    "closing",
                    "new-syn-recv",
                    "bound-inactive");

    /** What can be asked, by number from 1: {@code include/uapi/linux/inet_diag.h}. */
    private static final List<String> ATTRIBUTES =
            List.of("meminfo", "info", "vegas", "cong", "tos", "tclass", "skmeminfo", "shutdown");

    static PollSettings from(Configuration configuration) {
        Duration interval =
                configuration
                        .get(Setting.POLL_INTERVAL)
                        .duration(Duration.ZERO, Duration.ofHours(1));
        return new PollSettings(
                interval,
                ~(mask(configuration.get(Setting.POLL_EXCLUDE), STATES) << 1),
                mask(configuration.get(Setting.POLL_ATTRIBUTES), ATTRIBUTES));
    }

    /** Bit n for the nth name. */
    private static int mask(Given given, List<String> names) {
        int mask = 0;
        for (String word : given.text().split(",", -1)) {
            mask |= bits(word.strip().toLowerCase(Locale.ROOT).replace('_', '-'), given, names);
        }
        return mask;
    }

    private static int bits(String word, Given given, List<String> names) {
        return switch (word) {
            case ALL -> (1 << names.size()) - 1;
            case NONE -> 0;
            default -> {
                if (!names.contains(word)) {
                    throw given.refused(
                            "has an unknown name (" + word + ")",
                            "Use all, none, or names out of "
                                    + String.join(" ", names)
                                    + ", separated by commas");
                }
                yield 1 << names.indexOf(word);
            }
        };
    }
}

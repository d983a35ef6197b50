package io.weir.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How the agent looks at the sockets there are.
 *
 * @param interval between two looks at all of them; zero: never
 * @param longest to what the interval may grow while hooks tell of everything; at least interval
 * @param states mask of {@code 1 << number} of the TCP states looked at
 * @param attributes mask of {@code 1 << (number - 1)} of what to ask: {@code INET_DIAG_*}
 */
public record PollSettings(Duration interval, Duration longest, int states, int attributes) {
    private static final String ALL = "all";
    private static final String NONE = "none";

    /** TCP states by number, from 1: {@code include/net/tcp_states.h}. */
    private enum State {
        ESTABLISHED,
        SYN_SENT,
        SYN_RECV,
        FIN_WAIT1,
        FIN_WAIT2,
        TIME_WAIT,
        CLOSE,
        CLOSE_WAIT,
        LAST_ACK,
        LISTEN,
        CLOSING,
        NEW_SYN_RECV,
        BOUND_INACTIVE
    }

    /** What can be asked, by number from 1: {@code include/uapi/linux/inet_diag.h}. */
    private enum Attribute {
        MEMINFO,
        INFO,
        VEGAS,
        CONG,
        TOS,
        TCLASS,
        SKMEMINFO,
        SHUTDOWN
    }

    static PollSettings from(Configuration configuration) {
        Duration interval =
                configuration
                        .get(Setting.POLL_INTERVAL)
                        .duration(Duration.ZERO, Duration.ofHours(1));
        Duration longest =
                configuration
                        .get(Setting.POLL_LONGEST)
                        .duration(Duration.ofMillis(1), Duration.ofHours(1));
        return new PollSettings(
                interval,
                longest.compareTo(interval) < 0 ? interval : longest,
                ~(mask(configuration.get(Setting.POLL_EXCLUDE), State.class) << 1),
                mask(configuration.get(Setting.POLL_ATTRIBUTES), Attribute.class));
    }

    /** Bit n for the type's constant n. */
    private static <E extends Enum<E>> int mask(Given given, Class<E> type) {
        int mask = 0;
        for (String word : given.text().split(",", -1)) {
            mask |= bits(word.strip().toLowerCase(Locale.ROOT), given, type);
        }
        return mask;
    }

    private static <E extends Enum<E>> int bits(String word, Given given, Class<E> type) {
        E[] constants = type.getEnumConstants();
        return switch (word) {
            case ALL -> (1 << constants.length) - 1;
            case NONE -> 0;
            default -> 1 << numberOf(word, given, constants);
        };
    }

    private static int numberOf(String word, Given given, Enum<?>[] constants) {
        for (int i = 0; i < constants.length; i++) {
            if (Units.name(constants[i]).equals(word)) {
                return i;
            }
        }
        throw unknown(word, given, constants);
    }

    private static ConfigException unknown(String word, Given given, Enum<?>[] constants) {
        String names = Arrays.stream(constants).map(Units::name).collect(Collectors.joining(" "));
        return given.refused(
                "has an unknown name (" + word + ")",
                "Use all, none, or names out of " + names + ", separated by commas");
    }
}

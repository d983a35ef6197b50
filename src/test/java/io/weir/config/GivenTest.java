package io.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GivenTest {
    private static final Duration MIN = Duration.ofMillis(100);
    private static final Duration MAX = Duration.ofHours(1);
    private static final int PAGE = 4096;

    @ParameterizedTest
    @CsvSource({"500ms,500", "5s,5000", " 5 S ,5000", "2m,120000", "1h,3600000"})
    void readsDurations(String text, long ms) {
        assertThat(flag("--window", text).duration(MIN, MAX)).isEqualTo(Duration.ofMillis(ms));
    }

    @ParameterizedTest
    @CsvSource({
        "5x,is not a duration",
        "5,is not a duration",
        "-5s,is not a duration",
        "'',is not a duration",
        "99999999999s,is not a duration",
        "99ms,is too short",
        "0,is too short",
        "61m,is too long"
    })
    void refusesOtherDurationsNamingKeyValueAndRange(String text, String why) {
        assertRefused(
                () -> flag("--window", text).duration(MIN, MAX),
                "--window " + text + " " + why,
                "Use a number with ms, s, m or h, from 100ms to 1h, such as 5s");
    }

    @ParameterizedTest
    @CsvSource({"4096,4096", "4k,4096", "64k,65536", "64KiB,65536", "1m,1048576", "1G,1073741824"})
    void readsRingSizes(String text, int bytes) {
        assertThat(flag("--ring-size", text).ringBytes(PAGE, 1 << 30)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "big,is not a size",
        "2k,is too small",
        "2g,is too large",
        "9999999999g,is too large"
    })
    void refusesOtherRingSizes(String text, String why) {
        assertRefused(
                () -> flag("--ring-size", text).ringBytes(PAGE, 1 << 30),
                "--ring-size " + text + " " + why,
                "Use a power of two from 4k (a page) to 1g, such as 1m");
    }

    @Test
    void namesTheNeighboursOfARingSizeThatIsNoPowerOfTwo() {
        assertRefused(
                () -> flag("--ring-size", "100k").ringBytes(PAGE, 1 << 30),
                "--ring-size 100k is not a power of two",
                "Use 64k or 128k");
    }

    @Test
    void asksForAPageOfThisKernel() {
        assertRefused(
                () -> flag("--ring-size", "16k").ringBytes(65536, 1 << 30),
                "--ring-size 16k is too small",
                "Use a power of two from 64k (a page) to 1g, such as 1m");
    }

    @ParameterizedTest
    @CsvSource({"0,is too small", "101,is too large", "1e2,is not a number", "-1,is not a number"})
    void refusesOtherCounts(String text, String why) {
        assertRefused(
                () -> flag("--max-flows", text).count(1, 100),
                "--max-flows " + text + " " + why,
                "Use a whole number from 1 to 100");
    }

    @Test
    void readsCounts() {
        assertThat(flag("--max-flows", "100").count(1, 100)).isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource({"busy-spin", "BUSY_SPIN", "Busy-Spin"})
    void readsNames(String text) {
        assertThat(flag("--wait-strategy", text).oneOf(WaitChoice.class))
                .isEqualTo(WaitChoice.BUSY_SPIN);
    }

    @Test
    void refusesOtherNamesListingTheKnown() {
        assertRefused(
                () -> flag("--wait-strategy", "spin").oneOf(WaitChoice.class),
                "--wait-strategy spin is not known",
                "Use auto, blocking, sleeping, yielding or busy-spin");
    }

    private static Given flag(String flag, String text) {
        return new Given(text, flag + " " + text);
    }

    private static void assertRefused(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable parse,
            String cause,
            String remedy) {
        assertThatThrownBy(parse)
                .isInstanceOf(ConfigException.class)
                .hasMessage(cause)
                .extracting(e -> ((ConfigException) e).remedy())
                .isEqualTo(remedy);
    }
}

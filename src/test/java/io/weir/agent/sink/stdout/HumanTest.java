package io.weir.agent.sink.stdout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HumanTest {
    @ParameterizedTest
    @CsvSource({
        "0,0 B",
        "999,999 B",
        "1000,1.00 kB",
        "1234,1.23 kB",
        "9994,9.99 kB",
        "9996,10.0 kB",
        "99960,100 kB",
        "999499,999 kB",
        "999500,1.00 MB",
        "48000000,48.0 MB",
        "9223372036854775807,9.22 EB"
    })
    void writesBytesWithThreeDigits(long bytes, String text) {
        assertThat(Human.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "85,85 µs",
        "999,999 µs",
        "1240,1.24 ms",
        "999499,999 ms",
        "999500,1.00 s",
        "12300000,12.3 s",
        "99949000,99.9 s",
        "127000000,2m07s",
        "5999000000,99m59s",
        "6000000000,1h40m",
        "359999000000,99h59m",
        "360000000000,4d04h"
    })
    void writesTimesWithThreeDigitsThenInTwoUnits(long us, String text) {
        assertThat(Human.micros(us)).isEqualTo(text);
    }

    @Test
    void aRateIsBytesOverTheWindowsTime() {
        assertThat(Human.rate(500, 500_000_000)).isEqualTo("1.00 kB/s");
        assertThat(Human.rate(0, 1_000_000_000)).isEmpty();
        assertThat(Human.rate(1, 0)).isEmpty();
    }
}

package io.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UnitsTest {
    @ParameterizedTest
    @CsvSource({"0,0", "1500,1500ms", "5000,5s", "90000,90s", "120000,2m", "7200000,2h"})
    void writesDurationsAsTheyAreTyped(long ms, String text) {
        assertThat(Units.duration(Duration.ofMillis(ms))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1000,1000", "4096,4k", "1048576,1m", "1073741824,1g", "1049600,1025k"})
    void writesSizesAsTheyAreTyped(long bytes, String text) {
        assertThat(Units.size(bytes)).isEqualTo(text);
    }

    @Test
    void findsTheNearestWord() {
        assertThat(Nearest.to("rng-size", List.of("window", "ring-size"))).contains("ring-size");
        assertThat(Nearest.to("colour", List.of("window", "ring-size"))).isEmpty();
    }

    @Test
    void countsLettersToChange() {
        assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(Nearest.distance("", "abc")).isEqualTo(3);
        assertThat(Nearest.distance("same", "same")).isZero();
    }

    @Test
    void readsThePageSizeFromTheAuxiliaryVector() {
        ByteBuffer auxv = ByteBuffer.allocate(48).order(ByteOrder.nativeOrder());
        auxv.putLong(33).putLong(1).putLong(6).putLong(65536).putLong(0).putLong(0);

        assertThat(PageSize.in(auxv.array())).isEqualTo(65536);
        assertThat(PageSize.in(new byte[16])).isEqualTo(4096);
        assertThat(Integer.bitCount(PageSize.bytes())).isOne();
    }
}

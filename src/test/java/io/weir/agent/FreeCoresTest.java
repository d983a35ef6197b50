package io.weir.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FreeCoresTest {
    @Test
    void shouldCountCoresNobodyKeepsBusy() {
        assertThat(FreeCores.count(8, "0.00 0.01 0.05 1/123 4567")).isEqualTo(8);
        assertThat(FreeCores.count(8, "2.30 9.99 9.99 3/123 4567")).isEqualTo(5);
        assertThat(FreeCores.count(2, "7.81 1.00 1.00 9/123 4567")).isZero();
    }

    @Test
    void shouldReadThisMachinesLoad() {
        assertThat(FreeCores.count()).isBetween(0, Runtime.getRuntime().availableProcessors());
    }
}

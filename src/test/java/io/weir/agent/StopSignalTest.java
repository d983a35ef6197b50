package io.weir.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class StopSignalTest {
    private final StopSignal stop = new StopSignal();

    @Test
    void waitsUntilAskedTo() throws InterruptedException {
        assertThat(stop.await(Duration.ofMillis(1))).isFalse();

        stop.request();

        stop.await();
        assertThat(stop.await(Duration.ZERO)).isTrue();
        assertThat(stop.failure()).isEmpty();
    }

    @Test
    void theFirstReasonCounts() {
        IllegalStateException first = new IllegalStateException("first");

        stop.fail(first);
        stop.fail(new IllegalStateException("second"));
        stop.request();

        assertThat(stop.failure()).containsSame(first);
    }

    @Test
    void aFailureWhileStoppingIsNoReason() {
        stop.request();
        stop.fail(new IllegalStateException("late"));

        assertThat(stop.failure()).isEmpty();
    }
}

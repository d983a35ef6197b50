package io.weir.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.check.WitnessReport;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PollPaceTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private WitnessReport report = report(true, 0, 0);
    private final PollPace pace = new PollPace(INTERVAL, LONGEST, () -> report);

    @Test
    void shouldKeepItsPaceUntilEverythingWasSeenTwice() {
        for (int rounds = 0; rounds < 3; rounds++) {
            report = report(true, rounds, 0);

            assertThat(pace.get()).isEqualTo(INTERVAL);
        }
    }

    @Test
    void shouldBecomeRarerUpToTheLongestWhileNothingIsFound() {
        report = report(true, 3, 0);

        assertThat(pace.get()).isEqualTo(Duration.ofSeconds(15));
        for (int i = 0; i < 10; i++) {
            pace.get();
        }
        assertThat(pace.get()).isEqualTo(LONGEST);
    }

    @Test
    void shouldReturnToItsPaceAfterASurprise() {
        report = report(true, 20, 0);
        pace.get();
        report = report(true, 21, 1);

        assertThat(pace.get()).isEqualTo(INTERVAL);
        assertThat(pace.get()).isGreaterThan(INTERVAL);
    }

    @Test
    void shouldNeverBecomeRarerWithoutHooks() {
        report = report(false, 100, 0);

        assertThat(pace.get()).isEqualTo(INTERVAL);
        assertThat(pace.get()).isEqualTo(INTERVAL);
    }

    @Test
    void shouldTakeALongestBelowTheIntervalForTheInterval() {
        report = report(true, 100, 0);
        PollPace fixed = new PollPace(Duration.ofMinutes(1), Duration.ofSeconds(1), () -> report);

        assertThat(fixed.get()).isEqualTo(Duration.ofMinutes(1));
    }

    private static WitnessReport report(boolean events, long rounds, long disagreed) {
        return new WitnessReport(
                events, rounds, 0, 0, 0, 0, 0, 0, disagreed, 0, 0, 0, 0, 0, WitnessReport.UNKNOWN);
    }
}

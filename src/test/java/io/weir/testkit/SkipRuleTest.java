package io.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SkipRuleTest {
    private final SkipRule on61 = SkipRule.of("6.1.0-56-amd64");

    @ParameterizedTest
    @ValueSource(strings = {"since 6.3: no such tracepoint", "since 6.12", "since 7.0: later"})
    void allowsWhatOnlyNewerKernelsHave(String reason) {
        assertThat(on61.allows(reason)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "since 6.1: here already",
                "since 5.11",
                "",
                "no nft here",
                "maybe since 6.3"
            })
    void refusesWhatThisKernelShouldRun(String reason) {
        assertThat(on61.allows(reason)).isFalse();
    }

    @Test
    void readsTheReasonBehindJunitsPrefix() {
        assertThat(on61.allows("Assumption failed: since 6.5: sendpage is gone")).isTrue();
    }

    @Test
    void comparesMinorVersionsAsNumbers() {
        assertThat(SkipRule.of("5.10.0-46-amd64").allows("since 5.9")).isFalse();
    }
}

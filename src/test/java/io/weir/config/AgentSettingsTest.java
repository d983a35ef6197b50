package io.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AgentSettingsTest {
    @Test
    void theDefaultsAreValid() {
        AgentSettings settings = settings(Map.of());

        assertThat(settings.sink()).isEqualTo(SinkKind.STDOUT);
        assertThat(settings.format()).isEqualTo(OutputFormat.JSONL);
        assertThat(settings.window()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.ringBytes()).isEqualTo(1 << 20);
        assertThat(settings.waitChoice()).isEqualTo(WaitChoice.AUTO);
        assertThat(settings.steps()).isEqualTo(Steps.AUTO);
        assertThat(settings.agentId()).isEqualTo(HostName.get()).isNotBlank();
    }

    @Test
    void theDefaultIntervalFollowsAShorterWindow() {
        assertThat(settings(Map.of(Setting.WINDOW, "200ms")).interval())
                .isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void anIntervalLongerThanTheWindowIsRefused() {
        assertThatThrownBy(() -> settings(Map.of(Setting.INTERVAL, "6s")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("--interval 6s is longer than the window")
                .extracting(e -> ((ConfigException) e).remedy())
                .isEqualTo("Use at most 5s");
    }

    @Test
    void intervalZeroReportsEveryCall() {
        assertThat(settings(Map.of(Setting.INTERVAL, "0")).interval()).isZero();
    }

    @Test
    void anAgentIdWithBlanksIsRefused() {
        assertThatThrownBy(() -> settings(Map.of(Setting.AGENT_ID, "node 1")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("--agent-id node 1 is not a name");
    }

    private static AgentSettings settings(Map<Setting, String> flags) {
        return AgentSettings.from(Configuration.of(flags, Map.of(), Optional.empty()));
    }
}

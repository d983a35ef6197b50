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

    @Test
    void looksAtConnectionsAndListenersEveryTenSeconds() {
        PollSettings poll = settings(Map.of()).poll();

        assertThat(poll.interval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(poll.states() & 0x3fff)
                .isEqualTo(0x3fff & ~(1 << 6) & ~(1 << 3) & ~(1 << 7) & ~(1 << 13));
        assertThat(poll.attributes()).isEqualTo(1 << 1);
    }

    @Test
    void looksAtWhatIsAskedFor() {
        PollSettings poll =
                settings(
                                Map.of(
                                        Setting.POLL_EXCLUDE, "none",
                                        Setting.POLL_ATTRIBUTES, "info, SKMEMINFO",
                                        Setting.POLL_INTERVAL, "0"))
                        .poll();

        assertThat(poll.interval()).isZero();
        assertThat(poll.states()).isEqualTo(-1);
        assertThat(poll.attributes()).isEqualTo(1 << 1 | 1 << 6);
        assertThat(settings(Map.of(Setting.POLL_ATTRIBUTES, "all")).poll().attributes())
                .isEqualTo(0xff);
    }

    @Test
    void anUnknownStateIsRefused() {
        assertThatThrownBy(() -> settings(Map.of(Setting.POLL_EXCLUDE, "listen,idle")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("--poll-exclude listen,idle has an unknown name (idle)");
    }

    private static AgentSettings settings(Map<Setting, String> flags) {
        return AgentSettings.from(Configuration.of(flags, Map.of(), Optional.empty()));
    }
}

package io.weir.agent.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClosedConnectionsTest {
    private final ClosedConnections closed = new ClosedConnections(1_000);

    @Test
    void shouldRememberForAWholeWindow() {
        closed.add(1, 2, 3);
        closed.onWindowEnd();
        assertThat(contains(1, 2, 3)).isTrue();

        closed.onWindowEnd();
        assertThat(contains(1, 2, 3)).isFalse();
    }

    @Test
    void shouldTellConnectionsApart() {
        closed.add(1, 2, 3);

        assertThat(contains(2, 2, 3)).isFalse();
        assertThat(contains(1, 3, 3)).isFalse();
        assertThat(contains(1, 2, 4)).isFalse();
    }

    @Test
    void shouldRememberAtLeastItsBoundAndForgetTheOldest() {
        for (long cookie = 1; cookie <= 5_000; cookie++) {
            closed.add(1, cookie, cookie);
        }

        for (long cookie = 4_001; cookie <= 5_000; cookie++) {
            assertThat(contains(1, cookie, cookie)).isTrue();
        }
        for (long cookie = 1; cookie <= 3_000; cookie++) {
            assertThat(contains(1, cookie, cookie)).isFalse();
        }
    }

    private boolean contains(long netns, long cookie, long openNs) {
        return closed.contains(Keys.hash(netns, cookie), netns, cookie, openNs);
    }
}

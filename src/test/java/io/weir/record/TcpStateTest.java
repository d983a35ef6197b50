package io.weir.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TcpStateTest {
    @ParameterizedTest
    @EnumSource(TcpState.class)
    void shouldReadBackItsNumber(TcpState state) {
        assertThat(TcpState.of(state.number())).isSameAs(state);
        assertThat(state.bit()).isEqualTo(1 << state.number());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 14, 255})
    void shouldCallOtherNumbersUnknown(int number) {
        assertThat(TcpState.of(number)).isSameAs(TcpState.UNKNOWN);
    }

    @Test
    void shouldNumberAsTheKernelDoes() {
        assertThat(TcpState.CLOSE.number()).isEqualTo(7);
        assertThat(TcpState.NEW_SYN_RECV.number()).isEqualTo(12);
        assertThat(TcpState.BOUND_INACTIVE.number()).isEqualTo(13);
    }
}

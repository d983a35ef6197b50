package io.weir.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpEndpointTest {
    @Test
    void shouldBracketOnlyIpv6() {
        assertThat(new IpEndpoint(IpAddress.parse("10.0.0.1"), 80)).hasToString("10.0.0.1:80");
        assertThat(new IpEndpoint(IpAddress.parse("::1"), 443)).hasToString("[::1]:443");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65536})
    void shouldRefusePortsOutOfRange(int port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IpEndpoint(IpAddress.ANY_V4, port))
                .withMessageContaining("port=" + port);
    }
}

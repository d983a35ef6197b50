package io.weir.cli.observe;

import static io.weir.testkit.FlowBuilder.flow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.config.ConfigException;
import io.weir.config.Given;
import io.weir.net.IpAddress;
import io.weir.record.Failure;
import io.weir.record.FlowRecord;
import io.weir.record.Owner;
import io.weir.record.TcpState;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FlowFilterTest {
    private static final FlowRecord HTTPS =
            flow().client("10.0.0.7", 51_234, "2001:db8::9", 443).by("curl", 4_711).build();

    @Test
    void nothingSaidShowsEverything() {
        assertThat(FlowFilter.ALL.matches(HTTPS)).isTrue();
    }

    @Test
    void aPortMayBeAtEitherEnd() {
        assertThat(ports(Set.of(443), Set.of(), Set.of()).matches(HTTPS)).isTrue();
        assertThat(ports(Set.of(51_234), Set.of(), Set.of()).matches(HTTPS)).isTrue();
        assertThat(ports(Set.of(80, 443), Set.of(), Set.of()).matches(HTTPS)).isTrue();
        assertThat(ports(Set.of(80), Set.of(), Set.of()).matches(HTTPS)).isFalse();
    }

    @Test
    void aLocalOrRemotePortIsOfItsEndOnly() {
        assertThat(ports(Set.of(), Set.of(51_234), Set.of()).matches(HTTPS)).isTrue();
        assertThat(ports(Set.of(), Set.of(443), Set.of()).matches(HTTPS)).isFalse();
        assertThat(ports(Set.of(), Set.of(), Set.of(443)).matches(HTTPS)).isTrue();
        assertThat(ports(Set.of(), Set.of(), Set.of(51_234)).matches(HTTPS)).isFalse();
    }

    @Test
    void differentKindsAllHaveToMatch() {
        FlowFilter filter =
                new FlowFilter(
                        Set.of(443),
                        Set.of(),
                        Set.of(),
                        List.of(cidr("10.0.0.0/8")),
                        List.of(process("curl")),
                        Set.of(TcpState.ESTABLISHED),
                        false);

        assertThat(filter.matches(HTTPS)).isTrue();
        assertThat(filter.matches(flow().by("wget", 1).build())).isFalse();
        assertThat(filter.matches(flow().state(TcpState.CLOSE_WAIT).build())).isFalse();
        assertThat(filter.matches(flow().client("192.0.2.1", 1, "192.0.2.2", 443).build()))
                .isFalse();
    }

    @Test
    void failedShowsOnlyAttemptsThatDidNotConnect() {
        FlowFilter filter =
                new FlowFilter(Set.of(), Set.of(), Set.of(), List.of(), List.of(), Set.of(), true);

        assertThat(filter.matches(flow().failed(Failure.REFUSED, 111, 1).build())).isTrue();
        assertThat(filter.matches(HTTPS)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.7,10.0.0.7,true",
        "10.0.0.7,10.0.0.8,false",
        "10.0.0.0/8,10.255.255.255,true",
        "10.0.0.0/8,11.0.0.0,false",
        "10.0.0.4/30,10.0.0.7,true",
        "10.0.0.4/30,10.0.0.8,false",
        "0.0.0.0/0,192.0.2.1,true",
        "0.0.0.0/0,2001:db8::1,false",
        "::/0,192.0.2.1,true",
        "fd00::/8,fdff::1,true",
        "fd00::/8,fe00::1,false",
        "2001:db8::/64,2001:db8::ffff,true",
        "2001:db8::/64,2001:db8:0:1::,false",
        "2001:db8::1/127,2001:db8::,true",
        "2001:db8::1/127,2001:db8::2,false",
        "::ffff:10.0.0.7,10.0.0.7,true"
    })
    void aBlockHoldsItsAddresses(String block, String address, boolean inside) {
        assertThat(cidr(block).contains(IpAddress.parse(address))).isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0", "10.0.0.0/x", "example.org", "", "10.0.0.0/"})
    void whatIsNoAddressIsRefused(String text) {
        assertThatThrownBy(() -> cidr(text))
                .isInstanceOf(ConfigException.class)
                .hasMessage("--address " + text + " is not an address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "fd00::/129", "10.0.0.0/-1"})
    void aPrefixLongerThanTheAddressIsRefused(String text) {
        assertThatThrownBy(() -> cidr(text))
                .isInstanceOf(ConfigException.class)
                .hasMessageMatching("--address .* has no prefix of 0 to (32|128) bits");
    }

    @ParameterizedTest
    @CsvSource({
        "curl,curl,1,true",
        "curl,curly,1,false",
        "cur*,curly,1,true",
        "*sql*,postgresql-x,1,true",
        "c.rl,curl,1,false",
        "4711,java,4711,true",
        "4711,java,47110,false",
        "4711,4711,1,true",
        "a-very-long-process-name,a-very-long-pro,1,true"
    })
    void aProcessIsANameOrAnId(String wanted, String comm, long pid, boolean matches) {
        assertThat(process(wanted).matches(new Owner(pid, 0, comm, 0))).isEqualTo(matches);
    }

    private static FlowFilter ports(Set<Integer> any, Set<Integer> local, Set<Integer> remote) {
        return new FlowFilter(any, local, remote, List.of(), List.of(), Set.of(), false);
    }

    private static Cidr cidr(String text) {
        return Cidr.parse(new Given(text, "--address " + text));
    }

    private static ProcessName process(String text) {
        return ProcessName.parse(new Given(text, "--process " + text));
    }
}

package io.weir.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 0.0.0.0",
        "10.1.2.255, 10.1.2.255",
        "::ffff:192.0.2.1, 192.0.2.1",
        "::FFFF:c000:0201, 192.0.2.1",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:0db8:0000:0001:0001:0001:0001:0001, 2001:db8:0:1:1:1:1:1",
        "2001:db8::0:1, 2001:db8::1",
        "2001:DB8::A, 2001:db8::a",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "fe80::1, fe80::1",
    })
    void shouldReadEveryFormAndWriteTheCanonicalOne(String text, String canonical) {
        assertThat(IpAddress.parse(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.04",
                "1.2.3.",
                "a.b.c.d",
                "localhost",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "12345::",
                "1:2:",
                ":1:2",
                "::g",
                "fe80::1%eth0",
                "::1.2.3",
                "::1.2.3.4:5",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::\uff11"
            })
    void shouldNameTheTextItCannotRead(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IpAddress.parse(text))
                .withMessageContaining("not an IP address: '" + text + "': ");
    }

    @Test
    void shouldTreatMappedAddressesAsIpv4() {
        IpAddress mapped = IpAddress.parse("::ffff:10.0.0.1");

        assertThat(mapped).isEqualTo(IpAddress.ofV4(0x0a000001));
        assertThat(mapped.isV4()).isTrue();
        assertThat(mapped.bytes()).containsExactly(10, 0, 0, 1);
        assertThat(IpAddress.of(mapped.bytes())).isEqualTo(mapped);
    }

    @Test
    void shouldKeepIpv6Bytes() {
        IpAddress address = IpAddress.parse("2001:db8::ff");

        assertThat(address.isV4()).isFalse();
        assertThat(address.bytes()).hasSize(16).startsWith(0x20, 0x01, 0x0d, 0xb8).endsWith(0, 255);
        assertThat(IpAddress.of(address.bytes())).isEqualTo(address);
    }

    @Test
    void shouldRefuseAnotherNumberOfBytes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IpAddress.of(new byte[5]))
                .withMessageContaining("length=5");
    }

    @Test
    void shouldKnowTheWildcards() {
        assertThat(IpAddress.parse("::").isAny()).isTrue();
        assertThat(IpAddress.parse("0.0.0.0").isAny()).isTrue();
        assertThat(IpAddress.parse("::1").isAny()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldReadBackWhatItWritesAndAgreeWithTheJdk(long seed) throws UnknownHostException {
        Random random = new Random(seed);

        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[16];
            for (int at = 0; at < 16; at += 2) {
                if (random.nextInt(3) == 0) {
                    bytes[at] = (byte) random.nextInt(256);
                    bytes[at + 1] = (byte) random.nextInt(256);
                }
            }
            IpAddress address = IpAddress.of(bytes);
            assertThat(IpAddress.parse(address.toString())).isEqualTo(address);
            assertThat(InetAddress.getByName(address.toString()).getAddress())
                    .isEqualTo(address.bytes());
        }
    }
}

package io.weir.agent.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.bpf.libbpf.Libbpf;
import io.weir.agent.bpf.libbpf.bpf_prog_info;
import io.weir.agent.bpf.libbpf.bpf_test_run_opts;
import io.weir.agent.bpf.libbpf.btf_member;
import io.weir.agent.bpf.libbpf.btf_type;
import io.weir.agent.event.abi.TcpEventAbi;
import io.weir.agent.event.abi.tcp_event;
import io.weir.testkit.CLayout;
import java.lang.foreign.GroupLayout;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The structs Java shares with C lie in memory as this machine's C compiler lays them out. */
class NativeLayoutTest {
    private static final List<String> LIBBPF =
            List.of("<bpf/bpf.h>", "<bpf/btf.h>", "<bpf/libbpf.h>");
    private static final List<String> WIRE =
            List.of("\"" + Path.of("bpf", "tcp_event.h").toAbsolutePath() + "\"");

    static Stream<Arguments> structs() {
        return Stream.of(
                Arguments.of(WIRE, "struct tcp_event", tcp_event.layout()),
                Arguments.of(LIBBPF, "struct bpf_prog_info", bpf_prog_info.layout()),
                Arguments.of(LIBBPF, "struct bpf_test_run_opts", bpf_test_run_opts.layout()),
                Arguments.of(LIBBPF, "struct btf_member", btf_member.layout()),
                Arguments.of(LIBBPF, "struct btf_type", btf_type.layout()));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("structs")
    void shouldLieAsTheCompilerLaysThemOut(List<String> headers, String type, GroupLayout layout) {
        CLayout.assertMatches(headers, type, layout);
    }

    @Test
    void shouldHaveTheHeadersConstants() throws ReflectiveOperationException {
        assertConstants("wire", WIRE, TcpEventAbi.class, "WEIR_");
        assertConstants("libbpf", LIBBPF, Libbpf.class, "BPF_", "BTF_", "LIBBPF_");
    }

    private static void assertConstants(
            String name, List<String> headers, Class<?> generated, String... prefixes)
            throws ReflectiveOperationException {
        List<Method> accessors =
                Stream.of(generated.getDeclaredMethods())
                        .filter(m -> Arrays.stream(prefixes).anyMatch(m.getName()::startsWith))
                        .sorted(Comparator.comparing(Method::getName))
                        .toList();
        List<Long> values =
                CLayout.constants(
                        "constants_" + name,
                        headers,
                        accessors.stream().map(Method::getName).toList());

        assertThat(accessors).isNotEmpty();
        for (int i = 0; i < accessors.size(); i++) {
            assertThat(((Number) accessors.get(i).invoke(null)).longValue())
                    .as(accessors.get(i).getName())
                    .isEqualTo(values.get(i));
        }
    }
}

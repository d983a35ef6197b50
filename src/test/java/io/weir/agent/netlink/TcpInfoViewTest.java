package io.weir.agent.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.testkit.CCompiler;
import io.weir.testkit.CLayout;
import io.weir.testkit.NetlinkBytes;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TcpInfoViewTest {
    private static final List<String> TCP = List.of("<linux/tcp.h>");

    private static TcpInfoView ofLength(int length) {
        byte[] bytes = new NetlinkBytes().socket().tcpInfo(length).array();
        return new SocketView().wrap(MemorySegment.ofArray(bytes), 0, bytes.length).tcpInfo();
    }

    /** Byte n of the struct is n + 1. */
    private static long expected(TcpInfoField field) {
        BigInteger word = BigInteger.ZERO;
        for (int i = field.bytes() - 1; i >= 0; i--) {
            word = word.shiftLeft(8).or(BigInteger.valueOf((field.offset() + i + 1) & 0xff));
        }
        BigInteger mask = BigInteger.ONE.shiftLeft(field.bits()).subtract(BigInteger.ONE);
        return word.shiftRight(field.shift()).and(mask).longValue();
    }

    @ParameterizedTest
    @EnumSource(TcpInfoField.class)
    void shouldReadAFieldIfAndOnlyIfTheKernelSentIt(TcpInfoField field)
            throws ReflectiveOperationException {
        int end = field.offset() + field.bytes();

        for (int length = 0; length <= 304; length++) {
            TcpInfoView info = ofLength(length);
            long byName =
                    ((Number) info.getClass().getMethod(field.key()).invoke(info)).longValue();

            assertThat(info.has(field)).isEqualTo(length >= end);
            assertThat(info.value(field))
                    .as("%s of %d bytes", field, length)
                    .isEqualTo(length >= end ? expected(field) : -1)
                    .isEqualTo(byName);
        }
    }

    @Test
    void shouldLieAsInTheKernelsHeader() {
        int size = sizeOfHeaders().intValue();
        List<TcpInfoField> fields =
                Stream.of(TcpInfoField.values())
                        .filter(field -> field.offset() + field.bytes() <= size)
                        .filter(field -> !field.isBitField())
                        .toList();
        List<String> asked = new ArrayList<>();
        List<Long> answers = new ArrayList<>();
        for (TcpInfoField field : fields) {
            asked.add("offsetof(struct tcp_info, " + field.kernelName() + ")");
            asked.add("sizeof(((struct tcp_info *)0)->" + field.kernelName() + ")");
            answers.add((long) field.offset());
            answers.add((long) field.bytes());
        }

        assertThat(fields).hasSizeGreaterThan(40);
        assertThat(CLayout.constants("tcp_info", TCP, asked)).isEqualTo(answers);
    }

    @Test
    void shouldHaveTheBitFieldsOfTheKernelsHeader() {
        int size = sizeOfHeaders().intValue();
        StringBuilder program =
                new StringBuilder("#include <stdio.h>\n#include <string.h>\n")
                        .append("#include <linux/tcp.h>\nint main(void) {\n")
                        .append("struct tcp_info t; unsigned char *b = (void *)&t;\n");
        List<String> expected = new ArrayList<>();
        for (TcpInfoField field : TcpInfoField.values()) {
            if (field.isBitField() && field.offset() + field.bytes() <= size) {
                program.append(
                        "memset(&t, 0, sizeof t); t.%s = ~0; printf(\"%%d\\n\", b[%d]);\n"
                                .formatted(field.kernelName(), field.offset()));
                expected.add(Integer.toString(((1 << field.bits()) - 1) << field.shift()));
            }
        }
        program.append("return 0; }\n");

        assertThat(expected).isNotEmpty();
        assertThat(CCompiler.outputOf("tcp_info_bits", program.toString(), "-w"))
                .isEqualTo(expected);
    }

    private static Long sizeOfHeaders() {
        return CLayout.constants("tcp_info_size", TCP, List.of("sizeof(struct tcp_info)")).get(0);
    }

    @Test
    void shouldNumberAttributesAsTheHeaderDoes() {
        List<String> headers = List.of("<linux/types.h>", "<linux/inet_diag.h>");
        List<String> names = DiagAttribute.NAMES.stream().map(name -> "INET_DIAG_" + name).toList();

        List<Long> numbers = CLayout.constants("inet_diag", headers, names);

        for (int i = 0; i < names.size(); i++) {
            assertThat(numbers.get(i)).as(names.get(i)).isEqualTo(i);
        }
        assertThat(
                        CLayout.constants(
                                "inet_diag_sizes",
                                headers,
                                List.of(
                                        "16 + sizeof(struct inet_diag_msg)",
                                        "sizeof(struct inet_diag_meminfo)",
                                        "sizeof(struct tcpvegas_info)",
                                        "sizeof(struct tcp_dctcp_info)",
                                        "sizeof(struct tcp_bbr_info)",
                                        "sizeof(struct inet_diag_sockopt)")))
                .containsExactly(
                        (long) SocketView.MIN_LENGTH,
                        (long) DiagAttribute.maxLength(DiagAttribute.MEMINFO),
                        (long) DiagAttribute.maxLength(DiagAttribute.VEGASINFO),
                        (long) DiagAttribute.maxLength(DiagAttribute.DCTCPINFO),
                        (long) DiagAttribute.maxLength(DiagAttribute.BBRINFO),
                        (long) DiagAttribute.maxLength(DiagAttribute.SOCKOPT));
    }
}

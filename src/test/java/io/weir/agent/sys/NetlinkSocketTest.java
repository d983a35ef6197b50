package io.weir.agent.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NetlinkSocketTest {
    private static final int NLMSG_ERROR = 2;

    @Test
    void shouldHearTheKernelsAnswerToAnUnknownRequest() {
        try (Arena arena = Arena.ofConfined();
                NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.SOCK_DIAG)) {
            MemorySegment request = arena.allocate(16);
            request.set(JAVA_INT, 0, 16);
            request.set(JAVA_SHORT, 4, (short) 99);
            request.set(JAVA_SHORT, 6, (short) 1);
            MemorySegment answer = arena.allocate(64);

            assertThat(socket.send(request)).isZero();
            assertThat(socket.receive(answer)).isGreaterThanOrEqualTo(20);
            assertThat((int) answer.get(JAVA_SHORT, 4)).isEqualTo(NLMSG_ERROR);
            assertThat(answer.get(JAVA_INT, 16)).isEqualTo(-Errno.EINVAL);
        }
    }

    @Test
    void shouldStopWaitingAfterTheTimeout() {
        try (Arena arena = Arena.ofConfined();
                NetlinkSocket socket =
                        NetlinkSocket.open(NetlinkSocket.SOCK_DIAG)
                                .receiveTimeout(Duration.ofMillis(20))) {
            assertThat(socket.receive(arena.allocate(64))).isEqualTo(-Errno.EAGAIN);
        }
    }

    @Test
    void shouldReportAProtocolTheKernelDoesNotHave() {
        assertThatThrownBy(() -> NetlinkSocket.open(31))
                .isInstanceOfSatisfying(
                        SystemCallException.class,
                        refused -> assertThat(refused.errno()).isEqualTo(Errno.EPROTONOSUPPORT));
    }

    @Test
    void shouldLeaveNoDescriptorOpen() throws IOException {
        long before = descriptors();

        for (int i = 0; i < 100; i++) {
            NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.SOCK_DIAG);
            socket.close();
            socket.close();
        }

        assertThat(descriptors()).isLessThan(before + 50);
    }

    private static long descriptors() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }
}

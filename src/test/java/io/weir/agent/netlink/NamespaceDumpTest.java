package io.weir.agent.netlink;

import static io.weir.agent.netlink.FakeChannel.DUMP_INTR;
import static io.weir.agent.netlink.FakeChannel.done;
import static io.weir.agent.netlink.FakeChannel.error;
import static io.weir.agent.netlink.FakeChannel.garbage;
import static io.weir.agent.netlink.FakeChannel.socket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.agent.netlink.DumpSettings.Families;
import io.weir.agent.proc.NetworkNamespace;
import io.weir.agent.sys.Errno;
import io.weir.agent.sys.SystemCallException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NamespaceDumpTest {
    private static final NetworkNamespace BLUE =
            new NetworkNamespace(5, "blue", List.of(Path.of("/proc/1/ns/net")));

    private final Arena arena = Arena.ofConfined();
    private final FakeChannel kernel = new FakeChannel();
    private final Heard heard = new Heard();
    private final PollCounters counters = new PollCounters();
    private boolean stopped;
    private final DiagDump dump = new DiagDump(arena.allocate(4096, 8), () -> stopped);

    @AfterEach
    void free() {
        arena.close();
        assertThat(kernel.closed).isEqualTo(kernel.opened);
    }

    @Test
    void shouldTellEverySocketOfAllAnswers() {
        kernel.answer(socket(0, 1, 80), socket(0, 1, 81)).answer(socket(0, 10, 82)).answer(done());

        run(Families.BOTH);

        assertThat(heard.lines)
                .containsExactly(
                        "start 5", "socket 5:80", "socket 5:81", "socket 5:82", "complete 5");
        assertThat(kernel.requestTypes).containsExactly(18);
        assertThat(stats().sockets()).isEqualTo(3);
        assertThat(stats().bytes()).isEqualTo(3 * 88 + 20);
    }

    @Test
    void shouldAskPerFamilyWhereSaid() {
        kernel.answer(socket(0, 1, 80), done()).answer(socket(0, 1, 81), done());

        run(Families.EACH);

        assertThat(kernel.requestTypes).containsExactly(20, 20);
        assertThat(heard.lines).contains("socket 5:80", "socket 5:81").endsWith("complete 5");
    }

    @Test
    void shouldTakeTwoPassesOnAKernelThatKnowsNoOther() {
        kernel.answer(error(Errno.EOPNOTSUPP));
        kernel.answer(socket(0, 1, 80), done()).answer(done());
        kernel.answer(done()).answer(done());
        NamespaceDump namespaces = dumper(Families.BOTH);

        namespaces.run(BLUE, kernel, AnswerTap.NONE, heard);
        namespaces.run(BLUE, kernel, AnswerTap.NONE, heard);

        assertThat(kernel.requestTypes).containsExactly(18, 20, 20, 20, 20);
        assertThat(heard.lines)
                .containsExactly("start 5", "socket 5:80", "complete 5", "start 5", "complete 5");
        assertThat(stats().restarts()).isZero();
    }

    @Test
    void shouldBeginAgainWhenTheKernelsTableChanged() {
        kernel.answer(socket(DUMP_INTR, 1, 80)).answer(done());
        kernel.answer(socket(0, 1, 80)).answer(socket(0, 1, 81)).answer(done());

        run(Families.BOTH);

        assertThat(heard.lines)
                .containsExactly(
                        "start 5",
                        "socket 5:80",
                        "restart 5",
                        "socket 5:80",
                        "socket 5:81",
                        "complete 5");
        assertThat(stats().changed()).isOne();
        assertThat(stats().restarts()).isOne();
        assertThat(stats().incomplete()).isZero();
    }

    @Test
    void shouldAcceptWhatThereIsAfterSomeAttempts() {
        for (int i = 0; i < 4; i++) {
            kernel.answer(socket(DUMP_INTR, 1, 80), done());
        }

        run(Families.BOTH);

        assertThat(heard.lines).endsWith("restart 5", "socket 5:80", "incomplete 5");
        assertThat(stats().restarts()).isEqualTo(3);
        assertThat(stats().changed()).isEqualTo(4);
        assertThat(stats().incomplete()).isOne();
    }

    @Test
    void shouldCountAndRepeatWhatFailedInPassing() {
        kernel.fail(Errno.EINTR).fail(Errno.ENOBUFS).fail(Errno.EAGAIN).answer(garbage());
        kernel.answer(done());

        run(Families.BOTH);

        assertThat(heard.lines)
                .containsExactly("start 5", "restart 5", "restart 5", "restart 5", "complete 5");
        assertThat(stats().interruptions()).isOne();
        assertThat(stats().overruns()).isOne();
        assertThat(stats().timeouts()).isOne();
        assertThat(stats().malformed()).isOne();
    }

    @Test
    void shouldNameTheModuleThatIsMissing() {
        kernel.answer(error(Errno.ENOENT)).answer(error(Errno.ENOENT));

        run(Families.BOTH);

        assertThat(heard.lines).hasSize(3).endsWith("incomplete 5");
        assertThat(heard.lines.get(1)).startsWith("REFUSED 5: ENOENT").contains("tcp_diag");
        assertThat(stats().refused()).isOne();
        assertThat(stats().lastRefusal()).contains("modprobe");
    }

    @Test
    void shouldReportANamespaceThatMayNotBeEntered() {
        dumper(Families.BOTH)
                .run(
                        BLUE,
                        () -> {
                            throw new SystemCallException("setns", "fd 3", Errno.EPERM);
                        },
                        AnswerTap.NONE,
                        heard);

        assertThat(heard.lines)
                .containsExactly("start 5", "NOT_PERMITTED 5: setns(fd 3): EPERM", "incomplete 5");
        assertThat(stats().notPermitted()).isOne();
    }

    @Test
    void shouldNotTakeAFailureToEnterForOneOfTheKernelsDump() {
        NamespaceDump namespaces = dumper(Families.BOTH);
        kernel.answer(done());

        namespaces.run(
                BLUE,
                () -> {
                    throw new SystemCallException("setns", "fd 3", Errno.EINVAL);
                },
                AnswerTap.NONE,
                heard);
        namespaces.run(BLUE, kernel, AnswerTap.NONE, heard);

        assertThat(kernel.requestTypes).containsExactly(18);
        assertThat(heard.lines.get(1)).isEqualTo("REFUSED 5: setns(fd 3): EINVAL");
    }

    @Test
    void shouldPassOverAnswersToAnotherRequest() {
        byte[] late = socket(0, 1, 99);
        DiagChannel confused =
                new DiagChannel() {
                    @Override
                    public int send(java.lang.foreign.MemorySegment request) {
                        return kernel.send(request);
                    }

                    @Override
                    public int receive(java.lang.foreign.MemorySegment buffer) {
                        int length = kernel.receive(buffer);
                        buffer.set(java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED, 8, 12345);
                        return length;
                    }

                    @Override
                    public void close() {
                        kernel.close();
                    }
                };
        kernel.open();
        kernel.answer(late, socket(0, 1, 80), done());

        dumper(Families.BOTH).run(BLUE, () -> confused, AnswerTap.NONE, heard);

        assertThat(heard.lines).containsExactly("start 5", "socket 5:80", "complete 5");
    }

    @Test
    void shouldStopInTheMiddle() {
        stopped = true;

        run(Families.BOTH);

        assertThat(heard.lines).containsExactly("start 5", "incomplete 5");
    }

    @Test
    void shouldCloseTheSocketWhenTheHandlerThrows() {
        kernel.answer(socket(0, 1, 80), done());
        SocketHandler broken =
                (netns, socket, timeNs) -> {
                    throw new IllegalStateException("no more");
                };

        assertThatThrownBy(() -> dumper(Families.BOTH).run(BLUE, kernel, AnswerTap.NONE, broken))
                .hasMessage("no more");
    }

    @Test
    void shouldShowTheBytesAsTheyCame() {
        kernel.answer(socket(0, 1, 80), done());
        long[] seen = new long[1];

        dumper(Families.BOTH)
                .run(BLUE, kernel, (answer, length, timeNs) -> seen[0] += length, heard);

        assertThat(seen[0]).isEqualTo(88 + 20);
    }

    private void run(Families families) {
        dumper(families).run(BLUE, kernel, AnswerTap.NONE, heard);
    }

    private NamespaceDump dumper(Families families) {
        return new NamespaceDump(
                dump, DumpSettings.of(families, DumpSettings.ALL_STATES, 2), counters, arena);
    }

    private PollStats stats() {
        return counters.snapshot(dump);
    }
}

package io.weir.agent.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.event.TcpEventWriter;
import io.weir.record.FlowRecord;
import io.weir.record.TcpState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However reports come, a connection's records add up to the kernel's counters. */
class FlowTableConservationTest {
    private static final int CONNECTIONS = 200;

    /** One report: the counters a connection had at a time, and when it reaches the agent. */
    private record Report(
            long cookie,
            int flags,
            long timeNs,
            long arrivesNs,
            long sent,
            long retrans,
            long received) {}

    private final List<Report> reports = new ArrayList<>();
    private final Tables at = new Tables();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void shouldConserveBytesOfConnectionsSeenFromTheirOpening(long seed) {
        Random random = new Random(seed);
        for (long cookie = 1; cookie <= CONNECTIONS; cookie++) {
            connection(random, cookie, Tables.OPENED, Tables.WINDOW_NS * 9 / 10);
        }
        at.takes = record -> random.nextInt(3) > 0;

        deliver(random);

        assertAddsUp(cookie -> 0, r -> r.sent() - r.retrans(), r -> r.window().bytesSent());
        assertAddsUp(cookie -> 0, Report::received, r -> r.window().bytesReceived());
        assertAddsUp(cookie -> 0, Report::retrans, r -> r.window().bytesRetransmitted());
        assertAddsUp(cookie -> 0, cookie -> 1, r -> r.lifecycle().opened() ? 1 : 0);
        assertAddsUp(cookie -> 0, cookie -> 1, r -> r.lifecycle().closed() ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28})
    void shouldConserveBytesOfAdoptedConnectionsSinceTheirFirstReport(long seed) {
        Random random = new Random(seed);
        for (long cookie = 1; cookie <= CONNECTIONS; cookie++) {
            connection(random, cookie, Tables.ADOPTED, 0);
        }
        at.takes = record -> random.nextInt(3) > 0;

        deliver(random);

        assertAddsUp(
                cookie -> of(cookie).getFirst().received(),
                Report::received,
                r -> r.window().bytesReceived());
        assertAddsUp(cookie -> 0, cookie -> 0, r -> r.lifecycle().opened() ? 1 : 0);
        assertAddsUp(cookie -> 0, cookie -> 1, r -> r.lifecycle().closed() ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33, 34})
    void shouldConserveBytesOfAdoptedConnectionsHoweverTheyComeWithinAWindow(long seed) {
        Random random = new Random(seed);
        for (long cookie = 1; cookie <= CONNECTIONS; cookie++) {
            connection(random, cookie, Tables.ADOPTED, 0);
        }

        List<Report> shuffled = new ArrayList<>(reports);
        Collections.shuffle(shuffled, random);
        shuffled.forEach(this::update);
        at.endWindow();

        assertAddsUp(
                cookie -> of(cookie).getFirst().received(),
                Report::received,
                r -> r.window().bytesReceived());
    }

    /** A life of some windows; activity is lost at will, the first and the last report never. */
    private void connection(Random random, long cookie, int birth, long mayBeLateNs) {
        long timeNs = at.nowNs + random.nextLong(3 * Tables.WINDOW_NS);
        long sent = birth == Tables.ADOPTED ? random.nextInt(1_000_000) : 0;
        long retrans = 0;
        long received = sent / 3;
        int last = random.nextInt(12);
        for (int i = 0; i <= last; i++) {
            int flags = (i == 0 ? birth : birth & Tables.ADOPTED) | (i == last ? Tables.CLOSED : 0);
            int copies = random.nextInt(8) == 0 ? 2 : 1;
            if (i > 0 && i < last && random.nextInt(4) == 0) {
                copies = 0;
            }
            for (int copy = 0; copy < copies; copy++) {
                long lateNs = mayBeLateNs == 0 ? 0 : random.nextLong(mayBeLateNs);
                reports.add(
                        new Report(
                                cookie, flags, timeNs, timeNs + lateNs, sent, retrans, received));
            }
            timeNs += random.nextLong(1 + Tables.WINDOW_NS);
            long again = random.nextInt(4) == 0 ? random.nextInt(3_000) : 0;
            sent += random.nextInt(100_000) + again;
            retrans += again;
            received += random.nextInt(3) == 0 ? 0 : random.nextInt(100_000);
        }
    }

    private void deliver(Random random) {
        reports.stream()
                .sorted(Comparator.comparingLong(Report::arrivesNs))
                .forEach(report -> {
                    while (at.nowNs < report.arrivesNs()) {
                        long stepNs = Tables.WINDOW_NS / 7 + random.nextInt(1_000);
                        at.nowNs = Math.min(report.arrivesNs(), at.nowNs + stepNs);
                        at.tick();
                    }
                    update(report);
                });
        for (int i = 0; i < 5_000 && at.table.size() > 0; i++) {
            at.endWindow();
        }
        assertThat(at.table.size()).isZero();
    }

    private void update(Report report) {
        boolean closed = (report.flags() & Tables.CLOSED) != 0;
        boolean adopted = (report.flags() & Tables.ADOPTED) != 0;
        TcpEventWriter event =
                closed ? at.close(report.cookie()) : at.event(report.cookie(), report.flags());
        event.flags(report.flags())
                .openNs(adopted ? 0 : report.cookie())
                .timeNs(report.timeNs())
                .bytesSent(report.sent())
                .bytesRetrans(report.retrans())
                .bytesReceived(report.received())
                .state(closed ? TcpState.CLOSE.number() : TcpState.ESTABLISHED.number());
        at.update(event);
    }

    private List<Report> of(long cookie) {
        return reports.stream().filter(r -> r.cookie() == cookie).toList();
    }

    private void assertAddsUp(
            ToLongFunction<Long> before,
            ToLongFunction<Report> last,
            ToLongFunction<FlowRecord> told) {
        Map<Long, List<FlowRecord>> records =
                at.taken.stream().collect(Collectors.groupingBy(r -> r.connection().cookie()));
        assertThat(records).hasSize(CONNECTIONS);
        records.forEach((cookie, itsRecords) -> {
            assertThat(itsRecords).allMatch(r -> told.applyAsLong(r) >= 0);
            assertThat(itsRecords.stream().mapToLong(told).sum())
                    .as("cookie %d", cookie)
                    .isEqualTo(last.applyAsLong(of(cookie).getLast()) - before.applyAsLong(cookie));
            assertThat(itsRecords.getLast().lifecycle().closed()).isTrue();
        });
        assertThat(at.taken)
                .extracting(r -> r.origin().sequence())
                .doesNotHaveDuplicates()
                .last()
                .isEqualTo((long) at.taken.size());
    }
}

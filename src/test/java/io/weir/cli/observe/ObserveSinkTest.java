package io.weir.cli.observe;

import static io.weir.testkit.FlowBuilder.flow;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.StopSignal;
import io.weir.agent.sink.FlowSink;
import io.weir.record.CloseKind;
import io.weir.record.ClosedBy;
import io.weir.record.Failure;
import io.weir.record.FlowRecord;
import io.weir.record.LossCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ObserveSinkTest {
    private static final FlowFilter PORT_443 =
            new FlowFilter(Set.of(443), Set.of(), Set.of(), List.of(), List.of(), Set.of(), false);

    private final StopSignal stop = new StopSignal();
    private final Shelf shelf = new Shelf();

    @Test
    void passesOnWhatTheFilterWants() {
        ObserveSink sink = new ObserveSink(PORT_443, shelf, 0, stop);
        FlowRecord wanted = flow().build();
        FlowRecord other = flow().client("10.0.0.7", 1, "10.0.0.8", 80).build();

        assertThat(sink.offer(wanted)).isTrue();
        assertThat(sink.offer(other)).isTrue();
        sink.close();

        assertThat(shelf.records).containsExactly(wanted);
        assertThat(shelf.closed).isTrue();
    }

    @Test
    void asksToStopAfterSoManyAndShowsNoMore() {
        ObserveSink sink = new ObserveSink(FlowFilter.ALL, shelf, 2, stop);

        sink.offer(flow().build());
        assertThat(stop.isRequested()).isFalse();
        sink.offer(flow().build());
        sink.offer(flow().build());

        assertThat(stop.isRequested()).isTrue();
        assertThat(shelf.records).hasSize(2);
    }

    @Test
    void aRecordThatWasNotTakenIsNotCounted() {
        ObserveSink sink = new ObserveSink(FlowFilter.ALL, shelf, 0, stop);
        shelf.full = true;

        assertThat(sink.offer(flow().opened(1).moved(5, 5).build())).isFalse();

        assertThat(sink.summary().text())
                .isEqualTo(
                        "0 connections (0 opened, 0 closed, 0 failed), 0 B sent, 0 B received;"
                                + " nothing lost");
    }

    @Test
    void sumsUpConnectionsBytesAndLosses() {
        ObserveSink sink = new ObserveSink(FlowFilter.ALL, shelf, 0, stop);
        LossCounters losses = LossCounters.ofKernel(3, 2, 1, 4, 0, 0, 0, 0);

        sink.offer(flow().cookie(1).opened(1).moved(500, 1_000).build());
        sink.offer(flow().cookie(1).moved(500, 1_000).build());
        sink.offer(flow().cookie(1).closed(ClosedBy.LOCAL, CloseKind.FIN, 9).build());
        sink.offer(flow().cookie(2).opened(1).closed(ClosedBy.LOCAL, CloseKind.FIN, 9).build());
        sink.offer(flow().cookie(3).failed(Failure.REFUSED, 111, 9).build());
        sink.offer(flow().cookie(4).moved(0, 7).losses(losses).build());

        assertThat(sink.summary().text())
                .isEqualTo(
                        "4 connections (2 opened, 2 closed, 1 failed), 1.00 kB sent,"
                                + " 2.01 kB received; 4 connections lost, 6 reports delayed by a"
                                + " full ring");
    }

    @Test
    void oneConnectionIsNoPlural() {
        ObserveSink sink = new ObserveSink(FlowFilter.ALL, shelf, 0, stop);

        sink.offer(flow().opened(1).build());

        assertThat(sink.summary().text()).startsWith("1 connection (1 opened,");
    }

    private static final class Shelf implements FlowSink {
        private final List<FlowRecord> records = new ArrayList<>();
        private boolean full;
        private boolean closed;

        @Override
        public boolean offer(FlowRecord record) {
            return !full && records.add(record);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}

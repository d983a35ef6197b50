package io.weir.bench;

import io.weir.agent.event.TcpEventView;
import io.weir.agent.flow.FlowTable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a report costs the flow thread, and what it allocates: nothing. */
@State(Scope.Thread)
public class FlowTableBenchmark {
    @Param({"10000", "50000"})
    public int flows;

    /** Where events lie: decides where the pipeline's slots do. */
    @Param({"heap", "native"})
    public String memory;

    private final TcpEventView view = new TcpEventView();
    private LiveFlows live;
    private FlowTable table;

    @Setup
    public void open() {
        long bytes = LiveFlows.bytes(flows);
        live =
                new LiveFlows(
                        flows,
                        memory.equals("heap")
                                ? MemorySegment.ofArray(new long[(int) bytes / Long.BYTES])
                                : Arena.global().allocate(bytes, 64));
        table = LiveFlows.table(record -> true);
        for (int i = 0; i < flows; i++) {
            update();
        }
    }

    @Benchmark
    public void update() {
        table.update(view.wrap(live.events(), live.next()));
    }
}

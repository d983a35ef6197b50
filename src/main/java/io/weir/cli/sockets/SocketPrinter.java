package io.weir.cli.sockets;

import io.weir.agent.proc.ProcessTable;
import io.weir.agent.sink.stdout.Look;
import io.weir.agent.sink.stdout.OutputClosedException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntSupplier;

/** Sorts, cuts and writes what was collected. */
public final class SocketPrinter {
    private final SocketText text;
    private final Comparator<SocketRow> order;
    private final int most;

    /**
     * @param keys what to order by, the most important first; then by namespace and port
     * @param most sockets to write at a time
     * @param width of the terminal
     */
    public SocketPrinter(
            SocketFormat format, List<SortKey> keys, int most, Look look, IntSupplier width) {
        this.text = format.text(look, width);
        this.order =
                keys.stream()
                        .map(SortKey::order)
                        .reduce(Comparator::thenComparing)
                        .map(given -> given.thenComparing(SortKey.NETNS.order()))
                        .orElse(SortKey.NETNS.order());
        this.most = most;
    }

    /**
     * Writes one round's sockets.
     *
     * @return what to tell beside them: what could not be seen, a sentence each
     * @throws OutputClosedException if nobody reads any more
     */
    public List<String> print(SocketCollector collector, OutputStream out) {
        ProcessTable processes = ProcessTable.ofThisMachine();
        List<SocketRow> rows =
                collector.rows(processes).stream().sorted(order).limit(most).toList();
        try {
            text.write(rows, out);
        } catch (IOException e) {
            throw new OutputClosedException(e);
        }
        return Visibility.notices(collector, processes);
    }
}

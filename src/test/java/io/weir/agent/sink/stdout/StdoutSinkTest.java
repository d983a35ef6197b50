package io.weir.agent.sink.stdout;

import static io.weir.testkit.FlowBuilder.flow;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.record.FlowRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class StdoutSinkTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final FlowRecord RECORD = flow().build();

    private final CompletableFuture<RuntimeException> failure = new CompletableFuture<>();

    @Test
    void closingDeliversEverythingAccepted() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StdoutSink sink = new StdoutSink(out, new JsonLinesText(), 5_000, LONG, failure::complete);

        for (int i = 0; i < 5_000; i++) {
            assertThat(sink.offer(RECORD)).isTrue();
        }
        sink.close();
        sink.close();

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSize(5_000)
                .allSatisfy(line -> assertThat(line).startsWith("{").endsWith("}"));
        assertThat(failure).isNotDone();
        assertThat(sink.offer(RECORD)).isFalse();
    }

    @Test
    void aStuckReaderFillsTheQueueAndNeverBlocksTheCaller() throws InterruptedException {
        StuckStream out = new StuckStream();
        StdoutSink sink =
                new StdoutSink(
                        out, new JsonLinesText(), 4, Duration.ofMillis(50), failure::complete);

        assertThat(sink.offer(RECORD)).isTrue();
        out.reached.await();
        for (int i = 0; i < 4; i++) {
            assertThat(sink.offer(RECORD)).isTrue();
        }

        assertThat(sink.offer(RECORD)).isFalse();
        sink.close();
        out.release.countDown();
    }

    @Test
    void aBatchIsOneWrite() throws InterruptedException {
        StuckStream out = new StuckStream();
        StdoutSink sink = new StdoutSink(out, new JsonLinesText(), 100, LONG, failure::complete);
        sink.offer(RECORD);
        out.reached.await();
        for (int i = 0; i < 100; i++) {
            sink.offer(RECORD);
        }

        out.release.countDown();
        sink.close();

        assertThat(out.linesPerWrite).containsExactly(1L, 100L);
    }

    @Test
    void aClosedReaderIsReportedOnceAndRecordsAreRefused() throws Exception {
        OutputStream closed = new BrokenPipe();
        StdoutSink sink = new StdoutSink(closed, new JsonLinesText(), 8, LONG, failure::complete);

        sink.offer(RECORD);
        RuntimeException reported = failure.get(20, TimeUnit.SECONDS);

        assertThat(reported).isInstanceOf(OutputClosedException.class);
        assertThat(((OutputClosedException) reported).reason()).isEqualTo("Broken pipe");
        assertThat(sink.offer(RECORD)).isFalse();
        sink.close();
    }

    @Test
    void aFormatThatFailsIsReportedToo() throws Exception {
        RecordText bad =
                new RecordText() {
                    @Override
                    public void append(FlowRecord record) {
                        throw new IllegalStateException("bad record");
                    }

                    @Override
                    public void writeTo(OutputStream out) {}
                };
        StdoutSink sink =
                new StdoutSink(OutputStream.nullOutputStream(), bad, 8, LONG, failure::complete);

        sink.offer(RECORD);

        assertThat(failure.get(20, TimeUnit.SECONDS)).hasMessage("bad record");
        sink.close();
    }

    /** Holds up the first write until released; remembers how many lines each brought. */
    private static final class StuckStream extends OutputStream {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch release = new CountDownLatch(1);
        private final List<Long> linesPerWrite = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void write(int b) {
            throw new AssertionError("a byte at a time");
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
            linesPerWrite.add(text.lines().count());
            reached.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    private static final class BrokenPipe extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
        }
    }
}

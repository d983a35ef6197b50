package io.weir.agent.bpf.ring;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.agent.bpf.RingFiller;
import io.weir.agent.sys.Errno;
import io.weir.agent.sys.SystemCallException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The reader on a real ring that a real BPF program fills: here, and on every kernel of the lab. */
@Timeout(60)
abstract class RingBufferScenarios {
    private static final long SIZE = 4096;
    private static final int LONG_MS = 30_000;

    private final RingFiller filler = new RingFiller(SIZE).length(64);
    private final RingBufferReader reader =
            RingBufferReader.open(filler.ringFd(), filler.ringSize());
    private final Collector collector = new Collector();

    @AfterEach
    void close() {
        reader.close();
        filler.close();
    }

    @Test
    void shouldReadEveryRecordThroughManyWraps() {
        for (int i = 0; i < 1000; i++) {
            filler.fill(17);
            reader.drain(collector);
        }

        assertThat(collector.values).isEqualTo(LongStream.range(0, 17_000).boxed().toList());
        assertThat(collector.lengths).containsOnly(64);
        assertThat(filler.full()).isZero();
    }

    @Test
    void shouldReadRecordsOfChangingLength() {
        for (int i = 0; i < 500; i++) {
            filler.length(8 + i).fill(3);
            reader.drain(collector);
        }

        assertThat(collector.values).isEqualTo(LongStream.range(0, 1500).boxed().toList());
        assertThat(collector.lengths.getFirst()).isEqualTo(8);
        assertThat(collector.lengths.getLast()).isEqualTo(507);
    }

    @Test
    void shouldSkipWhatAProgramDiscarded() {
        filler.discardEvery(3).fill(30);

        int records = reader.drain(collector);

        assertThat(records).isEqualTo(20);
        assertThat(collector.values).noneMatch(value -> value % 3 == 0);
        assertThat(reader.backlogBytes()).isZero();
    }

    @Test
    void shouldDeliverAFullRingAndMakeRoom() {
        filler.fill(100);
        long fitted = filler.next() - filler.full();

        int records = reader.drain(collector);
        filler.fill(10);
        reader.drain(collector);

        assertThat(fitted).isBetween(SIZE / 72 - 1, SIZE / 72);
        assertThat(records).isEqualTo((int) fitted);
        assertThat(collector.values).hasSize((int) fitted + 10).endsWith(108L, 109L);
    }

    @Test
    void shouldAccountForEveryRecordOfAProducerThatOverruns() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Thread producer =
                Thread.ofPlatform()
                        .start(() -> {
                            for (int i = 0; i < 500; i++) {
                                filler.fill(RingFiller.MAX_RUN);
                            }
                            done.set(true);
                        });
        OrderChecker checker = new OrderChecker();
        try (RingPoller poller = new RingPoller(reader, checker, 10)) {
            while (!done.get()) {
                poller.poll();
            }
            producer.join();
            poller.poll(0);
        }

        assertThat(filler.next()).isEqualTo(500L * RingFiller.MAX_RUN);
        assertThat(checker.records).isEqualTo(filler.next() - filler.full());
        assertThat(reader.backlogBytes()).isZero();
    }

    @Test
    void shouldWakeWhenARecordArrives() throws Exception {
        try (RingPoller poller = new RingPoller(reader, collector, LONG_MS)) {
            Thread writer = afterWaitOf(Thread.currentThread(), () -> filler.fill(1));

            long startNs = System.nanoTime();
            int records = pollUntilAny(poller);
            long waitedMs = (System.nanoTime() - startNs) / 1_000_000;

            assertThat(records).isEqualTo(1);
            assertThat(waitedMs).isLessThan(LONG_MS / 2);
            writer.join();
        }
    }

    @Test
    void shouldReadWithinTheTimeoutWhatArrivedWithoutWakeUp() {
        filler.flags(1);
        try (RingPoller poller = new RingPoller(reader, collector, 20)) {
            filler.fill(5);

            int records = pollUntilAny(poller);

            assertThat(records).isEqualTo(5);
        }
    }

    @Test
    void shouldStopAWaitAtOnceAndReadWhatIsLeft() throws Exception {
        try (RingPoller poller = new RingPoller(reader, collector, LONG_MS)) {
            Thread loop = Thread.ofPlatform().start(poller::run);
            awaitInNative(loop);
            filler.flags(1).fill(4);

            poller.stop();
            loop.join(LONG_MS / 2);

            assertThat(loop.isAlive()).isFalse();
            assertThat(collector.values).containsExactly(0L, 1L, 2L, 3L);
        }
    }

    @Test
    void shouldCloseWhileAnotherThreadWaits() throws Exception {
        RingPoller poller = new RingPoller(reader, collector, LONG_MS);
        Thread loop = Thread.ofPlatform().start(poller::run);
        awaitInNative(loop);

        poller.close();
        loop.join(LONG_MS / 2);

        assertThat(loop.isAlive()).isFalse();
        assertThat(poller.poll()).isZero();
    }

    @Test
    void shouldCloseTheReaderOnlyBetweenDrains() throws Exception {
        filler.fill(20);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        RecordHandler slow =
                new RecordHandler() {
                    @Override
                    public void onRecord(MemorySegment data, long offset, int length) {
                        inside.countDown();
                        awaitLatch(closing);
                        collector.onRecord(data, offset, length);
                    }

                    @Override
                    public void onBatchEnd() {}
                };
        Thread drain = Thread.ofPlatform().start(() -> reader.drain(slow));
        awaitLatch(inside);

        Thread closer = Thread.ofPlatform().start(reader::close);
        while (closer.getState() != Thread.State.BLOCKED) {
            Thread.onSpinWait();
        }
        closing.countDown();
        drain.join();
        closer.join();

        assertThat(collector.values).hasSize(20);
    }

    @Test
    void shouldNameTheCallThatCannotMapTheRing() {
        assertThatThrownBy(() -> RingBufferReader.open(filler.ringFd(), 2 * SIZE))
                .isInstanceOfSatisfying(
                        SystemCallException.class,
                        refused -> {
                            assertThat(refused.call()).isEqualTo("mmap");
                            assertThat(refused.errno()).isIn(Errno.EINVAL, Errno.EPERM);
                        });
    }

    /** Checks order without keeping the records. */
    private static final class OrderChecker implements RecordHandler {
        private long last = -1;
        private long records;

        @Override
        public void onRecord(MemorySegment data, long offset, int length) {
            long value = data.get(JAVA_LONG, offset);
            assertThat(value).isGreaterThan(last);
            last = value;
            records++;
        }

        @Override
        public void onBatchEnd() {}
    }

    /** A signal or an early look may end one poll with nothing: the next one counts. */
    private static int pollUntilAny(RingPoller poller) {
        int records = 0;
        while (records == 0) {
            records = poller.poll();
        }
        return records;
    }

    private static Thread afterWaitOf(Thread waiter, Runnable action) {
        return Thread.ofPlatform()
                .start(() -> {
                    awaitInNative(waiter);
                    action.run();
                });
    }

    /** Until the thread's innermost frame of ours is the wait itself. */
    private static void awaitInNative(Thread thread) {
        while (Arrays.stream(thread.getStackTrace())
                .noneMatch(frame -> frame.getMethodName().equals("await"))) {
            Thread.onSpinWait();
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}

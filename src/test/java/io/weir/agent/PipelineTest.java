package io.weir.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.PhasedBackoffWaitStrategy;
import io.weir.agent.event.TcpEventView;
import io.weir.agent.event.TcpEventWriter;
import io.weir.agent.event.abi.TcpEventAbi;
import io.weir.agent.flow.AgentIdentity;
import io.weir.agent.flow.FlowTable;
import io.weir.config.WaitChoice;
import io.weir.record.FlowRecord;
import io.weir.record.LossCounters;
import io.weir.record.Witnesses;
import io.weir.testkit.FakeClock;
import io.weir.testkit.QueueSink;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PipelineTest {
    private static final int OPENED = TcpEventAbi.WEIR_OPENED();
    private static final int CLOSED = TcpEventAbi.WEIR_CLOSED();
    private static final long WINDOW_NS = 5_000_000_000L;
    private static final int SLOTS = 8;

    private final FakeClock clock = new FakeClock();
    private final QueueSink sink = new QueueSink();
    private final BlockingQueue<RuntimeException> failures = new LinkedBlockingQueue<>();
    private final CountDownLatch resume = new CountDownLatch(1);

    /** Events lie somewhere in a larger memory, as in the kernel's ring. */
    private final MemorySegment ring = MemorySegment.ofArray(new byte[1 << 12]);

    private final TcpEventWriter event = new TcpEventWriter();
    private FlowTable table;
    private Pipeline pipeline;

    @AfterEach
    void stop() {
        resume.countDown();
        if (pipeline != null) {
            pipeline.close();
        }
    }

    @Test
    void shouldTellAnEventWhichCameThroughASlot() throws InterruptedException {
        start(WaitChoice.BLOCKING);

        publish(7, OPENED | CLOSED, 100);
        tick();

        FlowRecord record = sink.take();
        assertThat(record.connection().cookie()).isEqualTo(7);
        assertThat(record.window().bytesSent()).isEqualTo(100);
    }

    @Test
    void shouldEndAWindowThoughNothingHappens() throws InterruptedException {
        start(WaitChoice.BLOCKING);
        publish(1, OPENED | CLOSED, 0);
        publish(2, OPENED, 20);
        tick();
        assertThat(sink.take().connection().cookie()).isEqualTo(1);

        clock.advance(WINDOW_NS);
        tick();

        assertThat(sink.take().window().bytesSent()).isEqualTo(20);
    }

    @ParameterizedTest
    @EnumSource(WaitChoice.class)
    void shouldTellEveryEventHoweverTheFlowThreadWaits(WaitChoice choice) {
        start(choice);

        for (int i = 1; i <= 20_000; i++) {
            publish(i % 100, i <= 100 ? OPENED : 0, i);
            if (i % 3 == 0) {
                pipeline.onBatchEnd();
            }
        }
        pipeline.close();

        List<FlowRecord> records = sink.drain();
        assertThat(records).hasSize(100);
        assertThat(records.stream().mapToLong(r -> r.window().bytesSent()).sum())
                .isEqualTo(100 * (19_901 + 20_000) / 2);
        assertThat(pipeline.untold()).isZero();
    }

    @Test
    void shouldEndTheSinksBatchAfterRecordsOnly() {
        start(WaitChoice.BLOCKING);

        publish(7, OPENED | CLOSED, 100);
        tick();
        tick();
        pipeline.close();

        assertThat(sink.batches()).isEqualTo(1);
    }

    @Test
    void shouldOfferTheLastRecordsUntilTheSinkMakesRoom() {
        AtomicInteger offers = new AtomicInteger();
        sink.takes(record -> offers.incrementAndGet() > 5);
        start(WaitChoice.BLOCKING);

        publish(1, OPENED, 10);
        publish(2, OPENED, 20);
        pipeline.close();

        assertThat(sink.drain()).hasSize(2);
        assertThat(pipeline.untold()).isZero();
    }

    @Test
    void shouldGiveUpOnASinkWhichTakesNothingAndSayHowMuch() {
        sink.takes(record -> false);
        start(WaitChoice.BLOCKING, Duration.ofSeconds(10), Duration.ofMillis(5));

        publish(1, OPENED, 10);
        publish(2, OPENED, 20);
        pipeline.close();

        assertThat(pipeline.untold()).isEqualTo(2);
    }

    @Test
    void shouldWaitForRoomAndLoseNothing() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(1);
        sink.takes(record -> {
            busy.countDown();
            return await(resume);
        });
        start(WaitChoice.BLOCKING);
        Thread reader = Thread.ofPlatform().start(this::publishMoreThanThereAreSlots);
        assertThat(busy.await(30, TimeUnit.SECONDS)).isTrue();
        while (reader.isAlive() && reader.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        assertThat(reader.isAlive()).isTrue();

        resume.countDown();
        reader.join();
        pipeline.close();

        assertThat(sink.drain())
                .extracting(r -> r.connection().cookie())
                .hasSize(10 * SLOTS)
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldSayThatTheFlowThreadHangs() {
        sink.takes(record -> await(resume));
        start(WaitChoice.BLOCKING, Duration.ofMillis(5), Duration.ofSeconds(10));

        assertThatIllegalStateException()
                .isThrownBy(() -> {
                    for (int i = 1; i <= 3 * SLOTS; i++) {
                        publish(i, OPENED | CLOSED, i);
                        tick();
                    }
                })
                .withMessageContaining("has taken no event for PT0.005S");
    }

    @Test
    void shouldStopTellingOnceTheFlowThreadFailed() throws InterruptedException {
        sink.takes(record -> {
            throw new UnsupportedOperationException("broken sink");
        });
        start(WaitChoice.BLOCKING);

        publish(1, OPENED | CLOSED, 1);
        tick();
        RuntimeException failure = failures.poll(30, TimeUnit.SECONDS);
        sink.takes(record -> true);
        for (int i = 2; i < 5 * SLOTS; i++) {
            publish(i, OPENED | CLOSED, i);
            pipeline.onBatchEnd();
        }
        pipeline.close();

        assertThat(failure).hasMessageContaining("the flow thread failed at event 1");
        assertThat(failure).hasRootCauseMessage("broken sink");
        assertThat(pipeline.failure()).isSameAs(failure);
        assertThat(failures).isEmpty();
        assertThat(sink.drain()).isEmpty();
    }

    @Test
    void shouldCountRecordsOfAnotherLength() throws InterruptedException {
        start(WaitChoice.BLOCKING);

        pipeline.onRecord(ring, 8, TcpEventView.BYTES - 8);
        pipeline.onRecord(ring, 8, TcpEventView.BYTES + 8);
        publish(7, OPENED | CLOSED, 100);
        tick();

        assertThat(sink.take().origin().losses().invalid()).isEqualTo(2);
    }

    @Test
    void shouldCloseTwiceAndWithoutAStart() {
        start(WaitChoice.BLOCKING);
        pipeline.close();
        pipeline.close();

        newPipeline(WaitChoice.BLOCKING, Duration.ofSeconds(10), Duration.ofSeconds(10));
        pipeline.close();
    }

    @Test
    void shouldSpinOnlyWhereCoresAreFree() {
        assertThat(Pipeline.waitStrategy(WaitChoice.AUTO, 2))
                .isInstanceOf(BlockingWaitStrategy.class);
        assertThat(Pipeline.waitStrategy(WaitChoice.AUTO, 3))
                .isInstanceOf(PhasedBackoffWaitStrategy.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 3, 1 << 21})
    void shouldRefuseSlotsTheDisruptorCannotHave(int slots) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new PipelineSettings(slots, WaitChoice.AUTO, Duration.ZERO, Duration.ZERO))
                .withMessageContaining("slots=" + slots);
    }

    private void publishMoreThanThereAreSlots() {
        for (int i = 1; i <= 10 * SLOTS; i++) {
            publish(i, OPENED | CLOSED, i);
            tick();
        }
    }

    private void start(WaitChoice choice) {
        start(choice, Duration.ofSeconds(30), Duration.ofSeconds(30));
    }

    private void start(WaitChoice choice, Duration stallTimeout, Duration flushTimeout) {
        newPipeline(choice, stallTimeout, flushTimeout);
        pipeline.start();
    }

    private void newPipeline(WaitChoice choice, Duration stallTimeout, Duration flushTimeout) {
        table =
                new FlowTable(
                        WINDOW_NS,
                        1_000,
                        new AgentIdentity("node-1", "boot-1", Witnesses.EVENTS),
                        () -> LossCounters.NONE,
                        sink::offer);
        pipeline =
                new Pipeline(
                        new PipelineSettings(SLOTS, choice, stallTimeout, flushTimeout),
                        clock,
                        table,
                        sink,
                        failures::add);
    }

    private void tick() {
        pipeline.tick(clock.monotonicNs());
    }

    private void publish(long cookie, int flags, long bytesSent) {
        event.wrap(ring, 1_008).cookie(cookie).openNs(cookie + 1).flags(flags).bytesSent(bytesSent);
        pipeline.onRecord(ring, 1_008, TcpEventView.BYTES);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

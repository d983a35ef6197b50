package io.weir.agent;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.ExceptionHandler;
import com.lmax.disruptor.PhasedBackoffWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.SleepingWaitStrategy;
import com.lmax.disruptor.TimeoutException;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.YieldingWaitStrategy;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import io.weir.agent.bpf.ring.RecordHandler;
import io.weir.agent.event.TcpEventView;
import io.weir.agent.flow.FlowTable;
import io.weir.agent.sink.FlowSink;
import io.weir.config.WaitChoice;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The way of an event from the kernel's ring to a flow record, in reading order.
 *
 * <ol>
 *   <li>The ring reader thread copies each event once into a slot ({@link #onRecord}) and publishes
 *       them in batches ({@link #onBatchEnd}). It alone calls the public methods.
 *   <li>The flow thread updates the flow table, lets time pass at the end of each batch, and thereby
 *       offers records to the sink.
 * </ol>
 *
 * <p>When all slots are taken the reader waits, and the kernel's ring fills: there, and nowhere in
 * between, is counted what must be dropped, and since counters are cumulative dropping delays only.
 * Slots are made once; per event nothing is allocated.
 */
public final class Pipeline implements RecordHandler, AutoCloseable {
    private static final int SLOT_BYTES = 256;
    private static final int CACHE_LINE_BYTES = 64;
    private static final int TICK = 0;
    private static final int NAMESPACE = -1;
    private static final int ROUND = -2;
    private static final int DUMP = -3;
    private static final int SPINS_BEFORE_SLEEP = 100;
    private static final long SLEEP_NS = 1_000_000;
    private static final long ROOM_POLL_NS = 50_000;
    private static final long WALL_CLOCK_AGE_NS = 1_000_000_000;
    private static final int SPARE_CORES_TO_SPIN = 3;
    private static final long SPIN_US = 20;
    private static final long YIELD_US = 200;

    private final AgentClock clock;
    private final FlowTable table;
    private final FlowSink sink;
    private final Consumer<RuntimeException> onFailure;
    private final Duration stallTimeout;
    private final Duration flushTimeout;

    /** All slots: native, where an event fills whole cache lines; a tenth faster than the heap. */
    private final MemorySegment memory;

    private final Disruptor<Slot> disruptor;
    private final RingBuffer<Slot> slots;

    /** Claimed and not yet published; reader thread. */
    private long firstClaimed = -1;

    private long lastClaimed = -1;
    private boolean closed;

    private final CountDownLatch started = new CountDownLatch(1);
    private volatile Thread flowThread;
    private volatile RuntimeException failure;
    private volatile int untold;

    /** A place for one event in {@link #memory}. */
    private static final class Slot {
        private final long offset;
        private int length;
        private long timeNs;
        private long endNs;
        private long netns;
        private boolean complete;

        private Slot(long offset) {
            this.offset = offset;
        }
    }

    /**
     * @param settings sizes and patience
     * @param table belongs to the flow thread from {@link #start} to {@link #close}
     * @param sink told at the end of each batch of records; stays the caller's to close
     * @param onFailure told once, on the flow thread, if that thread cannot go on
     */
    public Pipeline(
            PipelineSettings settings,
            AgentClock clock,
            FlowTable table,
            FlowSink sink,
            Consumer<RuntimeException> onFailure) {
        this.clock = clock;
        this.table = table;
        this.sink = sink;
        this.onFailure = onFailure;
        this.stallTimeout = settings.stallTimeout();
        this.flushTimeout = settings.flushTimeout();
        this.memory =
                Arena.ofAuto().allocate((long) settings.slots() * SLOT_BYTES, CACHE_LINE_BYTES);
        long[] nextOffset = {-SLOT_BYTES};
        this.disruptor =
                new Disruptor<>(
                        () -> new Slot(nextOffset[0] += SLOT_BYTES),
                        settings.slots(),
                        this::newFlowThread,
                        ProducerType.SINGLE,
                        waitStrategy(settings.waitChoice(), FreeCores.count()));
        this.slots = disruptor.getRingBuffer();
        disruptor.setDefaultExceptionHandler(new Verdict());
        disruptor.handleEventsWith(new FlowStage());
    }

    private Thread newFlowThread(Runnable runnable) {
        flowThread = Thread.ofPlatform().name("weir-flow").daemon().unstarted(runnable);
        return flowThread;
    }

    /**
     * With cores to spare the flow thread looks out for a while before it blocks, which saves a
     * wake-up per batch when events come fast, and costs nothing when none come. Sleeping instead of
     * blocking takes 2 to 12 % of a core on an idle machine, so only who asks for it gets it.
     */
    static WaitStrategy waitStrategy(WaitChoice choice, int freeCores) {
        return switch (choice) {
            case AUTO ->
                    freeCores < SPARE_CORES_TO_SPIN
                            ? new BlockingWaitStrategy()
                            : PhasedBackoffWaitStrategy.withLock(
                                    SPIN_US, YIELD_US, TimeUnit.MICROSECONDS);
            case BLOCKING -> new BlockingWaitStrategy();
            case SLEEPING -> new SleepingWaitStrategy(SPINS_BEFORE_SLEEP, SLEEP_NS);
            case YIELDING -> new YieldingWaitStrategy();
            case BUSY_SPIN -> new BusySpinWaitStrategy();
        };
    }

    /** Starts the flow thread and waits until it takes events: stopped sooner, it would take none. */
    public void start() {
        disruptor.start();
        try {
            started.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- the ring reader thread ----

    /**
     * Copies an event into a slot, to be published at the batch's end.
     *
     * @throws IllegalStateException if the flow thread took nothing for the stall timeout
     */
    @Override
    public void onRecord(MemorySegment data, long offset, int length) {
        Slot slot = claim();
        slot.length = length;
        if (length == TcpEventView.BYTES) {
            MemorySegment.copy(data, offset, memory, slot.offset, TcpEventView.BYTES);
        }
    }

    /** Hands the events copied so far to the flow thread. */
    @Override
    public void onBatchEnd() {
        if (firstClaimed >= 0) {
            slots.publish(firstClaimed, lastClaimed);
            firstClaimed = -1;
        }
    }

    /**
     * Lets time pass on the flow thread: only so do windows end, behind every event handed on
     * before. Call after each wait for the kernel, at least ten times a second.
     *
     * @param nowNs CLOCK_MONOTONIC, taken before the last drain or sweep of the kernel
     */
    public void tick(long nowNs) {
        Slot slot = claim();
        slot.length = TICK;
        slot.timeNs = nowNs;
        onBatchEnd();
    }

    /** The samples that follow were read after this moment; published with the batch. */
    public void onDump(long startNs) {
        Slot slot = claim();
        slot.length = DUMP;
        slot.timeNs = startNs;
    }

    /** A namespace was dumped; published with the batch, behind its samples. */
    public void onNamespaceDumped(long netns, long startNs, long endNs, boolean complete) {
        Slot slot = claim();
        slot.length = NAMESPACE;
        slot.netns = netns;
        slot.timeNs = startNs;
        slot.endNs = endNs;
        slot.complete = complete;
    }

    /** Every namespace was dumped; published with the batch. */
    public void onRoundDumped() {
        claim().length = ROUND;
    }

    private Slot claim() {
        if (!slots.hasAvailableCapacity(1)) {
            awaitRoom();
        }
        lastClaimed = slots.next();
        if (firstClaimed < 0) {
            firstClaimed = lastClaimed;
        }
        return slots.get(lastClaimed);
    }

    private void awaitRoom() {
        onBatchEnd();
        long polls = stallTimeout.toNanos() / ROOM_POLL_NS; // not time: both threads may be stopped
        while (!slots.hasAvailableCapacity(1)) {
            if (polls-- <= 0) {
                throw new IllegalStateException(
                        "the flow thread has taken no event for " + stallTimeout);
            }
            LockSupport.parkNanos(ROOM_POLL_NS);
        }
    }

    // ---- the flow thread ----

    private final class FlowStage implements EventHandler<Slot> {
        private final TcpEventView view = new TcpEventView();
        private long wallOffsetNs;
        private long wallReadNs;
        private long told;

        @Override
        public void onStart() {
            long nowNs = clock.monotonicNs();
            readWallClock(nowNs);
            table.tick(nowNs, wallOffsetNs);
            started.countDown();
        }

        @Override
        public void onEvent(Slot slot, long sequence, boolean endOfBatch) {
            if (failure != null) {
                return;
            }
            if (slot.length == TcpEventView.BYTES) {
                table.update(view.wrap(memory, slot.offset));
            } else {
                onOther(slot);
            }
        }

        private void onOther(Slot slot) {
            switch (slot.length) {
                case TICK -> letTimePass(slot.timeNs);
                case DUMP -> table.onDump(slot.timeNs);
                case NAMESPACE ->
                        table.onNamespaceDumped(slot.netns, slot.timeNs, slot.endNs, slot.complete);
                case ROUND -> table.onRoundDumped();
                default -> table.onInvalidEvent();
            }
        }

        private void letTimePass(long nowNs) {
            if (nowNs - wallReadNs >= WALL_CLOCK_AGE_NS) {
                readWallClock(nowNs);
            }
            table.tick(nowNs, wallOffsetNs);
            endBatchOfRecords();
        }

        private void endBatchOfRecords() {
            if (table.sequence() != told) {
                told = table.sequence();
                sink.onBatchEnd();
            }
        }

        private void readWallClock(long nowNs) {
            wallReadNs = nowNs;
            wallOffsetNs = clock.wallOffsetNs();
        }

        /** The last chance of every record: keeps offering while the sink makes room. */
        @Override
        public void onShutdown() {
            if (failure != null) {
                return;
            }
            long sinceNs = System.nanoTime();
            int waiting = table.flush(clock.monotonicNs(), wallOffsetNs);
            endBatchOfRecords();
            while (waiting > 0 && System.nanoTime() - sinceNs < flushTimeout.toNanos()) {
                LockSupport.parkNanos(SLEEP_NS);
                waiting = table.flush(clock.monotonicNs(), wallOffsetNs);
                endBatchOfRecords();
            }
            untold = waiting;
        }
    }

    /**
     * Decides what an exception on the flow thread means: the end. What it left half done would be
     * told as truth; events are then taken and dropped, so that the reader can be stopped in order.
     */
    private final class Verdict implements ExceptionHandler<Slot> {
        @Override
        public void handleEventException(Throwable thrown, long sequence, Slot slot) {
            fail("at event " + sequence, thrown);
        }

        @Override
        public void handleOnStartException(Throwable thrown) {
            fail("at start", thrown);
        }

        @Override
        public void handleOnShutdownException(Throwable thrown) {
            fail("while stopping", thrown);
        }

        private void fail(String when, Throwable thrown) {
            started.countDown();
            if (failure == null) {
                failure = new IllegalStateException("the flow thread failed " + when, thrown);
                onFailure.accept(failure);
            }
        }
    }

    // ---- the end ----

    /**
     * Lets the flow thread take what was published, tell every flow and end. Takes at most stall
     * and flush timeout; call when the ring has been drained. Idempotent.
     *
     * @throws IllegalStateException if the flow thread does not end in time
     */
    @Override
    public void close() {
        if (closed || flowThread == null) {
            return;
        }
        closed = true;
        onBatchEnd();
        try {
            disruptor.shutdown(stallTimeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            disruptor.halt();
        }
        awaitFlowThread();
    }

    private void awaitFlowThread() {
        try {
            if (!flowThread.join(flushTimeout.plus(stallTimeout))) {
                throw new IllegalStateException("the flow thread does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Events handed to the flow thread which it has not taken in yet. Any thread. */
    public long backlog() {
        return slots.getBufferSize() - slots.remainingCapacity();
    }

    /** What stopped the flow thread before its time; null while nothing has. */
    public RuntimeException failure() {
        return failure;
    }

    /** Flows whose last record no sink took before {@link #close} gave up. */
    public int untold() {
        return untold;
    }
}

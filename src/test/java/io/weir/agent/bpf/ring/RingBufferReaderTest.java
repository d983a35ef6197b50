package io.weir.agent.bpf.ring;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RingBufferReaderTest {
    private static final long SIZE = 16384;

    private final FakeRing ring = new FakeRing(SIZE);
    private final RingBufferReader reader = ring.reader();
    private final Collector collector = new Collector();

    @AfterEach
    void close() {
        reader.close();
    }

    @Test
    void shouldHandOutRecordsInOrder() {
        ring.record(8, 0, 1).record(20, 0, 2).record(64, 0, 3);

        int records = reader.drain(collector);

        assertThat(records).isEqualTo(3);
        assertThat(collector.values).containsExactly(1L, 2L, 3L);
        assertThat(collector.lengths).containsExactly(8, 20, 64);
        assertThat(ring.consumed()).isEqualTo(ring.produced());
    }

    @Test
    void shouldDrainNothingFromAnEmptyRing() {
        int records = reader.drain(collector);

        assertThat(records).isZero();
        assertThat(collector.batches).isZero();
    }

    @Test
    void shouldSkipDiscardedRecords() {
        ring.record(1).record(8, FakeRing.DISCARDED, 2).record(3).record(8, FakeRing.DISCARDED, 4);

        int records = reader.drain(collector);

        assertThat(records).isEqualTo(2);
        assertThat(collector.values).containsExactly(1L, 3L);
        assertThat(ring.consumed()).isEqualTo(ring.produced());
    }

    @Test
    void shouldStopAtARecordStillBeingWritten() {
        ring.record(1).record(8, FakeRing.BUSY, 2).record(3);

        int records = reader.drain(collector);

        assertThat(records).isEqualTo(1);
        assertThat(ring.consumed()).isEqualTo(16);
        assertThat(reader.backlogBytes()).isEqualTo(32);
    }

    @Test
    void shouldStopAtABusyRecordThatComesFirst() {
        ring.record(8, FakeRing.BUSY, 1);

        int records = reader.drain(collector);

        assertThat(records).isZero();
        assertThat(ring.consumed()).isZero();
    }

    @Test
    void shouldReadAcrossTheEndOfTheRing() {
        ring.consumedAt(SIZE - 16).producedAt(SIZE - 16).record(24, 0, 1).record(2);

        reader.drain(collector);

        assertThat(collector.values).containsExactly(1L, 2L);
        assertThat(ring.consumed()).isEqualTo(SIZE + 32);
    }

    @Test
    void shouldGiveRoomBackBetweenBatches() {
        List<Long> consumedAtBatchEnd = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            ring.record(i);
        }

        reader.drain(
                new RecordHandler() {
                    @Override
                    public void onRecord(MemorySegment data, long offset, int length) {}

                    @Override
                    public void onBatchEnd() {
                        consumedAtBatchEnd.add(ring.consumed());
                    }
                });

        assertThat(consumedAtBatchEnd).containsExactly(0L, 256 * 16L, 512 * 16L);
    }

    @Test
    void shouldReturnThoughTheKernelKeepsWriting() {
        ring.record(0);
        RecordHandler endless =
                new RecordHandler() {
                    @Override
                    public void onRecord(MemorySegment data, long offset, int length) {}

                    @Override
                    public void onBatchEnd() {
                        ring.record(1);
                    }
                };

        int records = reader.drain(endless);

        assertThat(records).isEqualTo((int) (SIZE / 16));
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 4096, (int) SIZE, 0x3fff_ffff, 0x3fff_ffff | FakeRing.DISCARDED})
    void shouldRefuseALengthBeyondWhatWasWritten(int word) {
        ring.record(1).header(word).producedAt(32);

        assertThatThrownBy(() -> reader.drain(collector))
                .isInstanceOf(RingCorruptedException.class)
                .hasMessageContaining("length=" + (word & ~FakeRing.DISCARDED))
                .hasMessageContaining("available=16");

        assertThat(collector.values).containsExactly(1L);
        assertThat(collector.batches).isEqualTo(1);
        assertThat(ring.consumed()).isEqualTo(ring.produced());
        assertThat(reader.corruptions()).isEqualTo(1);
    }

    @Test
    void shouldRefuseALengthThatRepeatsBeyondWhatWasWritten() {
        ring.record(24, 0, 1).header(24).producedAt(48);

        assertThatThrownBy(() -> reader.drain(collector))
                .isInstanceOf(RingCorruptedException.class);
    }

    @ParameterizedTest
    @CsvSource({"64, 32", "0, 16392", "4, 36", "-8, 16384"})
    void shouldRefusePositionsThatCannotBe(long consumed, long produced) {
        ring.consumedAt(consumed).producedAt(produced);

        assertThatThrownBy(() -> reader.drain(collector))
                .isInstanceOf(RingCorruptedException.class)
                .hasMessageContaining("consumed=" + consumed)
                .hasMessageContaining("produced=" + produced);

        assertThat(reader.corruptions()).isEqualTo(1);
    }

    @Test
    void shouldGoOnAfterCorruption() {
        ring.header(4096).producedAt(32);
        assertThatThrownBy(() -> reader.drain(collector))
                .isInstanceOf(RingCorruptedException.class);
        ring.record(7);

        reader.drain(collector);

        assertThat(collector.values).containsExactly(7L);
    }

    @Test
    void shouldSkipARecordItsHandlerFailsOn() {
        ring.record(1).record(2);
        RecordHandler failing =
                calling(() -> {
                    throw new UnsupportedOperationException("poison");
                });
        assertThatThrownBy(() -> reader.drain(failing)).hasMessage("poison");

        reader.drain(collector);

        assertThat(collector.values).containsExactly(2L);
    }

    @Test
    void shouldRefuseToDrainOnceClosed() {
        reader.close();

        assertThatIllegalStateException().isThrownBy(() -> reader.drain(collector));
        assertThat(reader.backlogBytes()).isZero();
    }

    @Test
    void shouldNotLetAHandlerUnmapWhatItReads() {
        ring.record(1);
        RecordHandler closing = calling(reader::close);
        RecordHandler draining = calling(() -> reader.drain(collector));

        assertThatIllegalStateException()
                .isThrownBy(() -> reader.drain(closing))
                .withMessageContaining("close");
        ring.record(2);
        assertThatIllegalStateException()
                .isThrownBy(() -> reader.drain(draining))
                .withMessageContaining("drain");
        ring.record(3);

        assertThat(reader.drain(collector)).isEqualTo(1);
    }

    @Test
    void shouldHandOutMemoryNobodyCanWriteTo() {
        ring.record(1);

        assertThatThrownBy(() ->
                        reader.drain(
                                new RecordHandler() {
                                    @Override
                                    public void onRecord(
                                            MemorySegment data, long offset, int length) {
                                        data.set(JAVA_LONG, offset, 7);
                                    }

                                    @Override
                                    public void onBatchEnd() {}
                                }))
                .hasMessageContaining("read-only");
    }

    @Test
    void shouldCloseTwice() {
        reader.close();
        reader.close();

        assertThatIllegalStateException().isThrownBy(() -> reader.drain(collector));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 4, 4095, 12288, -4096})
    void shouldNameARingSizeThatIsNoPowerOfTwo(long size) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RingMapping(0, 0, 0, size))
                .withMessageContaining("size=" + size);
    }

    private static RecordHandler calling(Runnable onRecord) {
        return new RecordHandler() {
            @Override
            public void onRecord(MemorySegment data, long offset, int length) {
                onRecord.run();
            }

            @Override
            public void onBatchEnd() {}
        };
    }
}

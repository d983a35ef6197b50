package io.weir.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.weir.record.proto.FlowProto;
import io.weir.testkit.FlowRecords;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtobufCodecTest {
    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void shouldReadBackWhatItWrites(long seed) {
        Random random = new Random(seed);
        List<FlowRecord> records =
                Stream.generate(() -> FlowRecords.random(random)).limit(500).toList();

        assertThat(ProtobufCodec.decode(ProtobufCodec.encode(records))).isEqualTo(records);
    }

    @Test
    void shouldReadBackNoRecords() {
        assertThat(ProtobufCodec.decode(ProtobufCodec.encode(List.of()))).isEmpty();
    }

    @Test
    void shouldFillEveryFieldOfTheSchema() throws Exception {
        byte[] bytes = ProtobufCodec.encode(List.of(FlowRecords.sample()));

        FlowProto.FlowBatch batch = FlowProto.FlowBatch.parseFrom(bytes);

        FlowProto.FlowRecord record = batch.getRecords(0);
        assertThat(batch.getAllFields()).hasSize(5);
        assertThat(batch.getLosses().getAllFields()).hasSize(13);
        assertThat(record.getAllFields()).hasSize(9);
        assertThat(record.getWindow().getAllFields()).hasSize(14);
        assertThat(record.getTotal().getAllFields()).hasSize(14);
        assertThat(record.getPath().getAllFields()).hasSize(13);
        assertThat(record.getOwner().getAllFields()).hasSize(4);
        assertThat(record.getConnection().getAllFields()).hasSize(7); // mptcp is false
        assertThat(record.getLifecycle().getAllFields()).hasSize(9); // neither failed nor adopted
    }

    @Test
    void shouldRefuseRecordsOfAnotherAgent() {
        FlowRecord one = FlowRecords.sample();
        FlowRecord other = FlowRecords.random(new Random(1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProtobufCodec.encode(List.of(one, other)))
                .withMessage("a batch is of one agent: agent and node-1");
    }

    @Test
    void shouldNameBytesWhichAreNoBatch() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProtobufCodec.decode(new byte[] {1, 2, 3}))
                .withMessageContaining("length=3");
    }

    @Test
    void shouldNumberStatesAsTheKernelDoes() {
        for (TcpState state : TcpState.values()) {
            assertThat(FlowProto.TcpState.forNumber(state.number()))
                    .hasToString("TCP_STATE_" + state);
        }
    }
}

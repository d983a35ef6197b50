package io.weir.record;

import com.google.protobuf.InvalidProtocolBufferException;
import io.weir.record.proto.FlowProto;
import java.util.ArrayList;
import java.util.List;

/**
 * Flow records as one {@code weir.flow.v1.FlowBatch}: the way they travel between machines.
 *
 * <p>Stateless; any thread. What all records of an agent share is written once, so a batch is of
 * one agent, and its loss counters are those of the last record.
 */
public final class ProtobufCodec {
    private ProtobufCodec() {}

    /**
     * Writes a batch.
     *
     * @throws IllegalArgumentException if the records are of several agents or boots
     */
    public static byte[] encode(List<FlowRecord> records) {
        FlowProto.FlowBatch.Builder batch = FlowProto.FlowBatch.newBuilder();
        if (!records.isEmpty()) {
            Origin origin = records.getLast().origin();
            batch.setAgentId(origin.agentId())
                    .setBootId(origin.bootId())
                    .setWitnesses(OriginProto.toProto(origin.witnesses()))
                    .setLosses(OriginProto.toProto(origin.losses()));
            for (FlowRecord record : records) {
                requireSameAgent(origin, record.origin());
                batch.addRecords(FlowRecordProto.toProto(record));
            }
        }
        return batch.build().toByteArray();
    }

    private static void requireSameAgent(Origin origin, Origin other) {
        if (!origin.agentId().equals(other.agentId())
                || !origin.bootId().equals(other.bootId())
                || origin.witnesses() != other.witnesses()) {
            throw new IllegalArgumentException(
                    "a batch is of one agent: " + origin.agentId() + " and " + other.agentId());
        }
    }

    /**
     * Reads a batch.
     *
     * @throws IllegalArgumentException if the bytes are no batch, or one this version cannot read
     */
    public static List<FlowRecord> decode(byte[] bytes) {
        try {
            FlowProto.FlowBatch batch = FlowProto.FlowBatch.parseFrom(bytes);
            Witnesses witnesses = OriginProto.fromProto(batch.getWitnesses());
            LossCounters losses = OriginProto.fromProto(batch.getLosses());
            List<FlowRecord> records = new ArrayList<>(batch.getRecordsCount());
            for (FlowProto.FlowRecord record : batch.getRecordsList()) {
                Origin origin =
                        new Origin(
                                batch.getAgentId(),
                                batch.getBootId(),
                                witnesses,
                                record.getSequence(),
                                losses);
                records.add(FlowRecordProto.fromProto(record, origin));
            }
            return records;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(
                    "not a weir.flow.v1.FlowBatch: length=" + bytes.length, e);
        }
    }
}

package io.weir.record;

import io.weir.record.proto.FlowProto;

/** Parts of {@link Origin} to and from protobuf. */
final class OriginProto {
    private OriginProto() {}

    static FlowProto.Witnesses toProto(Witnesses witnesses) {
        return switch (witnesses) {
            case EVENTS -> FlowProto.Witnesses.WITNESSES_EVENTS;
            case EVENTS_AND_DIAG -> FlowProto.Witnesses.WITNESSES_EVENTS_AND_DIAG;
            case DIAG -> FlowProto.Witnesses.WITNESSES_DIAG;
        };
    }

    /** Agents before this field had events alone. */
    static Witnesses fromProto(FlowProto.Witnesses witnesses) {
        return switch (witnesses) {
            case WITNESSES_EVENTS, WITNESSES_UNSPECIFIED, UNRECOGNIZED -> Witnesses.EVENTS;
            case WITNESSES_EVENTS_AND_DIAG -> Witnesses.EVENTS_AND_DIAG;
            case WITNESSES_DIAG -> Witnesses.DIAG;
        };
    }

    static FlowProto.LossCounters toProto(LossCounters losses) {
        return FlowProto.LossCounters.newBuilder()
                .setRingActive(losses.ringActive())
                .setRingOpen(losses.ringOpen())
                .setRingClose(losses.ringClose())
                .setParkFull(losses.parkFull())
                .setNoState(losses.noState())
                .setNoCookie(losses.noCookie())
                .setListen(losses.listen())
                .setHookMissed(losses.hookMissed())
                .setTableFull(losses.tableFull())
                .setClosedTableFull(losses.closedTableFull())
                .setClosedDropped(losses.closedDropped())
                .setLate(losses.late())
                .setInvalid(losses.invalid())
                .build();
    }

    static LossCounters fromProto(FlowProto.LossCounters losses) {
        return new LossCounters(
                losses.getRingActive(),
                losses.getRingOpen(),
                losses.getRingClose(),
                losses.getParkFull(),
                losses.getNoState(),
                losses.getNoCookie(),
                losses.getListen(),
                losses.getHookMissed(),
                losses.getTableFull(),
                losses.getClosedTableFull(),
                losses.getClosedDropped(),
                losses.getLate(),
                losses.getInvalid());
    }
}

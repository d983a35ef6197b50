package io.weir.record;

import io.weir.record.proto.FlowProto;

/**
 * {@link Lifecycle}, {@link Role} and their enums to and from protobuf. A value added by a later
 * version reads as unknown, other or none.
 */
final class LifecycleProto {
    private LifecycleProto() {}

    static FlowProto.Lifecycle toProto(Lifecycle life) {
        Closing closing = life.closing();
        return FlowProto.Lifecycle.newBuilder()
                .setState(FlowProto.TcpState.forNumber(life.state().number()))
                .setOpened(life.opened())
                .setClosed(life.closed())
                .setAdopted(life.adopted())
                .setFailure(toProto(life.failure()))
                .setClosedBy(
                        closing == null
                                ? FlowProto.ClosedBy.CLOSED_BY_UNKNOWN
                                : toProto(closing.by()))
                .setCloseKind(
                        closing == null
                                ? FlowProto.CloseKind.CLOSE_KIND_NONE
                                : toProto(closing.kind()))
                .setErrno(life.errno())
                .setOpenedNs(life.openedNs())
                .setConnectUs(life.connectUs())
                .setDurationUs(life.durationUs())
                .build();
    }

    static Lifecycle fromProto(FlowProto.Lifecycle life) {
        return new Lifecycle(
                TcpState.of(life.getStateValue()),
                life.getOpened(),
                life.getClosed(),
                life.getAdopted(),
                fromProto(life.getFailure()),
                closing(life),
                life.getErrno(),
                life.getOpenedNs(),
                life.getConnectUs(),
                life.getDurationUs());
    }

    static FlowProto.Role toProto(Role role) {
        return switch (role) {
            case UNKNOWN -> FlowProto.Role.ROLE_UNKNOWN;
            case CLIENT -> FlowProto.Role.ROLE_CLIENT;
            case SERVER -> FlowProto.Role.ROLE_SERVER;
        };
    }

    static Role fromProto(FlowProto.Role role) {
        return switch (role) {
            case ROLE_CLIENT -> Role.CLIENT;
            case ROLE_SERVER -> Role.SERVER;
            case ROLE_UNKNOWN, UNRECOGNIZED -> Role.UNKNOWN;
        };
    }

    private static FlowProto.Failure toProto(Failure failure) {
        return switch (failure) {
            case null -> FlowProto.Failure.FAILURE_NONE;
            case REFUSED -> FlowProto.Failure.FAILURE_REFUSED;
            case TIMED_OUT -> FlowProto.Failure.FAILURE_TIMED_OUT;
            case RESET -> FlowProto.Failure.FAILURE_RESET;
            case UNREACHABLE -> FlowProto.Failure.FAILURE_UNREACHABLE;
            case ABANDONED -> FlowProto.Failure.FAILURE_ABANDONED;
            case OTHER -> FlowProto.Failure.FAILURE_OTHER;
        };
    }

    private static Failure fromProto(FlowProto.Failure failure) {
        return switch (failure) {
            case FAILURE_NONE -> null;
            case FAILURE_REFUSED -> Failure.REFUSED;
            case FAILURE_TIMED_OUT -> Failure.TIMED_OUT;
            case FAILURE_RESET -> Failure.RESET;
            case FAILURE_UNREACHABLE -> Failure.UNREACHABLE;
            case FAILURE_ABANDONED -> Failure.ABANDONED;
            case FAILURE_OTHER, UNRECOGNIZED -> Failure.OTHER;
        };
    }

    private static Closing closing(FlowProto.Lifecycle life) {
        CloseKind kind = fromProto(life.getCloseKind());
        return kind == null ? null : new Closing(fromProto(life.getClosedBy()), kind);
    }

    private static FlowProto.ClosedBy toProto(ClosedBy by) {
        return switch (by) {
            case UNKNOWN -> FlowProto.ClosedBy.CLOSED_BY_UNKNOWN;
            case LOCAL -> FlowProto.ClosedBy.CLOSED_BY_LOCAL;
            case REMOTE -> FlowProto.ClosedBy.CLOSED_BY_REMOTE;
        };
    }

    private static ClosedBy fromProto(FlowProto.ClosedBy by) {
        return switch (by) {
            case CLOSED_BY_LOCAL -> ClosedBy.LOCAL;
            case CLOSED_BY_REMOTE -> ClosedBy.REMOTE;
            case CLOSED_BY_UNKNOWN, UNRECOGNIZED -> ClosedBy.UNKNOWN;
        };
    }

    private static FlowProto.CloseKind toProto(CloseKind kind) {
        return switch (kind) {
            case FIN -> FlowProto.CloseKind.CLOSE_KIND_FIN;
            case RST -> FlowProto.CloseKind.CLOSE_KIND_RST;
            case TIMEOUT -> FlowProto.CloseKind.CLOSE_KIND_TIMEOUT;
            case UNSEEN -> FlowProto.CloseKind.CLOSE_KIND_UNSEEN;
        };
    }

    private static CloseKind fromProto(FlowProto.CloseKind kind) {
        return switch (kind) {
            case CLOSE_KIND_FIN -> CloseKind.FIN;
            case CLOSE_KIND_RST -> CloseKind.RST;
            case CLOSE_KIND_TIMEOUT -> CloseKind.TIMEOUT;
            case CLOSE_KIND_UNSEEN -> CloseKind.UNSEEN;
            case CLOSE_KIND_NONE, UNRECOGNIZED -> null;
        };
    }
}

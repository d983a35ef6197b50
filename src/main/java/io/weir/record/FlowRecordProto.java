package io.weir.record;

import com.google.protobuf.ByteString;
import io.weir.net.IpAddress;
import io.weir.net.IpEndpoint;
import io.weir.record.proto.FlowProto;

/** {@link FlowRecord} and its parts to and from protobuf; {@link LifecycleProto} has the enums. */
final class FlowRecordProto {
    private FlowRecordProto() {}

    static FlowProto.FlowRecord toProto(FlowRecord record) {
        return FlowProto.FlowRecord.newBuilder()
                .setSequence(record.origin().sequence())
                .setWindowStartNs(record.windowStartNs())
                .setWindowEndNs(record.windowEndNs())
                .setConnection(toProto(record.connection()))
                .setLifecycle(LifecycleProto.toProto(record.lifecycle()))
                .setWindow(toProto(record.window()))
                .setTotal(toProto(record.total()))
                .setPath(toProto(record.path()))
                .setOwner(toProto(record.owner()))
                .build();
    }

    static FlowRecord fromProto(FlowProto.FlowRecord record, Origin origin) {
        return new FlowRecord(
                record.getWindowStartNs(),
                record.getWindowEndNs(),
                fromProto(record.getConnection()),
                LifecycleProto.fromProto(record.getLifecycle()),
                fromProto(record.getWindow()),
                fromProto(record.getTotal()),
                fromProto(record.getPath()),
                fromProto(record.getOwner()),
                origin);
    }

    private static FlowProto.Connection toProto(Connection connection) {
        FlowProto.Connection.Builder builder =
                FlowProto.Connection.newBuilder()
                        .setLocal(toProto(connection.local()))
                        .setRemote(toProto(connection.remote()))
                        .setRole(LifecycleProto.toProto(connection.role()))
                        .setNetns((int) connection.netns())
                        .setCookie(connection.cookie())
                        .setV4Mapped(connection.v4Mapped())
                        .setMptcp(connection.mptcp());
        if (connection.listen() != null) {
            builder.setListen(toProto(connection.listen()));
        }
        return builder.build();
    }

    private static Connection fromProto(FlowProto.Connection connection) {
        return new Connection(
                fromProto(connection.getLocal()),
                fromProto(connection.getRemote()),
                connection.hasListen() ? fromProto(connection.getListen()) : null,
                LifecycleProto.fromProto(connection.getRole()),
                Integer.toUnsignedLong(connection.getNetns()),
                connection.getCookie(),
                connection.getV4Mapped(),
                connection.getMptcp());
    }

    private static FlowProto.Endpoint toProto(IpEndpoint endpoint) {
        return FlowProto.Endpoint.newBuilder()
                .setAddress(ByteString.copyFrom(endpoint.address().bytes()))
                .setPort(endpoint.port())
                .build();
    }

    private static IpEndpoint fromProto(FlowProto.Endpoint endpoint) {
        return new IpEndpoint(
                IpAddress.of(endpoint.getAddress().toByteArray()), endpoint.getPort());
    }

    private static FlowProto.Traffic toProto(Traffic traffic) {
        return FlowProto.Traffic.newBuilder()
                .setBytesSent(traffic.bytesSent())
                .setBytesReceived(traffic.bytesReceived())
                .setBytesRetransmitted(traffic.bytesRetransmitted())
                .setBytesAcked(traffic.bytesAcked())
                .setSegmentsSent(traffic.segmentsSent())
                .setSegmentsReceived(traffic.segmentsReceived())
                .setDataSegmentsSent(traffic.dataSegmentsSent())
                .setDataSegmentsReceived(traffic.dataSegmentsReceived())
                .setSegmentsRetransmitted(traffic.segmentsRetransmitted())
                .setSegmentsDelivered(traffic.segmentsDelivered())
                .setSegmentsDeliveredCe(traffic.segmentsDeliveredCe())
                .setSegmentsLost(traffic.segmentsLost())
                .setSegmentsOutOfOrder(traffic.segmentsOutOfOrder())
                .setReorderings(traffic.reorderings())
                .build();
    }

    private static Traffic fromProto(FlowProto.Traffic traffic) {
        return new Traffic(
                traffic.getBytesSent(),
                traffic.getBytesReceived(),
                traffic.getBytesRetransmitted(),
                traffic.getBytesAcked(),
                traffic.getSegmentsSent(),
                traffic.getSegmentsReceived(),
                traffic.getDataSegmentsSent(),
                traffic.getDataSegmentsReceived(),
                traffic.getSegmentsRetransmitted(),
                traffic.getSegmentsDelivered(),
                traffic.getSegmentsDeliveredCe(),
                traffic.getSegmentsLost(),
                traffic.getSegmentsOutOfOrder(),
                traffic.getReorderings());
    }

    private static FlowProto.Path toProto(Path path) {
        return FlowProto.Path.newBuilder()
                .setSrttUs(path.srttUs())
                .setRttVarUs(path.rttVarUs())
                .setMinRttUs(path.minRttUs())
                .setCongestionWindow(path.congestionWindow())
                .setSlowStartThreshold(path.slowStartThreshold())
                .setMss(path.mss())
                .setSendWindow(path.sendWindow())
                .setReceiveWindow(path.receiveWindow())
                .setInFlight(path.inFlight())
                .setUnsentBytes(path.unsentBytes())
                .setUnreadBytes(path.unreadBytes())
                .setDeliveryRateBytesPerSecond(path.deliveryRateBytesPerSecond())
                .setCongestionState(path.congestionState())
                .build();
    }

    private static Path fromProto(FlowProto.Path path) {
        return new Path(
                path.getSrttUs(),
                path.getRttVarUs(),
                path.getMinRttUs(),
                path.getCongestionWindow(),
                path.getSlowStartThreshold(),
                path.getMss(),
                path.getSendWindow(),
                path.getReceiveWindow(),
                path.getInFlight(),
                path.getUnsentBytes(),
                path.getUnreadBytes(),
                path.getDeliveryRateBytesPerSecond(),
                path.getCongestionState());
    }

    private static FlowProto.Owner toProto(Owner owner) {
        FlowProto.Owner.Builder builder =
                FlowProto.Owner.newBuilder()
                        .setPid((int) owner.pid())
                        .setComm(owner.comm())
                        .setCgroupId(owner.cgroupId());
        if (owner.uid() >= 0) {
            builder.setUid((int) owner.uid());
        }
        return builder.build();
    }

    private static Owner fromProto(FlowProto.Owner owner) {
        return new Owner(
                Integer.toUnsignedLong(owner.getPid()),
                owner.hasUid() ? Integer.toUnsignedLong(owner.getUid()) : -1,
                owner.getComm(),
                owner.getCgroupId());
    }
}

package io.weir.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.weir.net.IpEndpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;

/**
 * Writes flow records as JSON, one object a line; the names are a contract with users.
 *
 * <p>Counters are JSON numbers, times are RFC 3339 in UTC, what is unknown or does not apply is
 * null or, for quantities, 0 as in {@link FlowRecord}. One thread; the buffer grows to the largest
 * batch and is reused.
 */
public final class JsonLinesCodec {
    private static final long NS_PER_S = 1_000_000_000L;

    private final ByteArrayOutputStream lines = new ByteArrayOutputStream(1 << 16);
    private final JsonGenerator json;

    public JsonLinesCodec() {
        try {
            json = new JsonFactory().createGenerator(lines).setRootValueSeparator(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Appends one line. */
    public void append(FlowRecord record) {
        try {
            write(record);
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }

    /** Bytes appended and not yet written out. */
    public int size() {
        return lines.size();
    }

    /**
     * Writes the appended lines and forgets them; they are kept if it fails.
     *
     * @throws IOException from the stream
     */
    public void writeTo(OutputStream out) throws IOException {
        lines.writeTo(out);
        lines.reset();
    }

    private void write(FlowRecord record) throws IOException {
        json.writeStartObject();
        json.writeStringField("windowStart", time(record.windowStartNs()));
        json.writeStringField("windowEnd", time(record.windowEndNs()));
        writeConnection(record.connection());
        writeLifecycle(record.lifecycle());
        writeTraffic(record.window());
        writeTotals(record.total());
        writePath(record.path());
        writeOwner(record.owner());
        writeOrigin(record.origin());
        json.writeEndObject();
        json.writeRaw('\n');
    }

    private void writeConnection(Connection connection) throws IOException {
        writeEndpoint("local", connection.local());
        writeEndpoint("remote", connection.remote());
        writeEndpoint("listen", connection.listen());
        json.writeStringField("role", connection.role().name());
        json.writeNumberField("netns", connection.netns());
        writeUnsigned("cookie", connection.cookie());
        json.writeBooleanField("v4Mapped", connection.v4Mapped());
        json.writeBooleanField("mptcp", connection.mptcp());
    }

    private void writeLifecycle(Lifecycle life) throws IOException {
        Closing closing = life.closing();
        json.writeStringField("state", life.state().name());
        json.writeBooleanField("opened", life.opened());
        json.writeBooleanField("closed", life.closed());
        json.writeBooleanField("adopted", life.adopted());
        writeName("failure", life.failure());
        writeName("closedBy", closing == null ? null : closing.by());
        writeName("closeKind", closing == null ? null : closing.kind());
        json.writeNumberField("errno", life.errno());
        json.writeStringField("openedAt", life.openedNs() == 0 ? null : time(life.openedNs()));
        json.writeNumberField("connectUs", life.connectUs());
        json.writeNumberField("durationUs", life.durationUs());
    }

    private void writeTraffic(Traffic window) throws IOException {
        json.writeNumberField("bytesSent", window.bytesSent());
        json.writeNumberField("bytesReceived", window.bytesReceived());
        json.writeNumberField("bytesRetransmitted", window.bytesRetransmitted());
        json.writeNumberField("bytesAcked", window.bytesAcked());
        json.writeNumberField("segmentsSent", window.segmentsSent());
        json.writeNumberField("segmentsReceived", window.segmentsReceived());
        json.writeNumberField("dataSegmentsSent", window.dataSegmentsSent());
        json.writeNumberField("dataSegmentsReceived", window.dataSegmentsReceived());
        json.writeNumberField("segmentsRetransmitted", window.segmentsRetransmitted());
        json.writeNumberField("segmentsDelivered", window.segmentsDelivered());
        json.writeNumberField("segmentsDeliveredCe", window.segmentsDeliveredCe());
        json.writeNumberField("segmentsLost", window.segmentsLost());
        json.writeNumberField("segmentsOutOfOrder", window.segmentsOutOfOrder());
        json.writeNumberField("reorderings", window.reorderings());
    }

    private void writeTotals(Traffic total) throws IOException {
        json.writeNumberField("bytesSentTotal", total.bytesSent());
        json.writeNumberField("bytesReceivedTotal", total.bytesReceived());
        json.writeNumberField("bytesRetransmittedTotal", total.bytesRetransmitted());
        json.writeNumberField("bytesAckedTotal", total.bytesAcked());
        json.writeNumberField("segmentsSentTotal", total.segmentsSent());
        json.writeNumberField("segmentsReceivedTotal", total.segmentsReceived());
        json.writeNumberField("dataSegmentsSentTotal", total.dataSegmentsSent());
        json.writeNumberField("dataSegmentsReceivedTotal", total.dataSegmentsReceived());
        json.writeNumberField("segmentsRetransmittedTotal", total.segmentsRetransmitted());
        json.writeNumberField("segmentsDeliveredTotal", total.segmentsDelivered());
        json.writeNumberField("segmentsDeliveredCeTotal", total.segmentsDeliveredCe());
        json.writeNumberField("segmentsLostTotal", total.segmentsLost());
        json.writeNumberField("segmentsOutOfOrderTotal", total.segmentsOutOfOrder());
        json.writeNumberField("reorderingsTotal", total.reorderings());
    }

    private void writePath(Path path) throws IOException {
        json.writeNumberField("srttUs", path.srttUs());
        json.writeNumberField("rttVarUs", path.rttVarUs());
        json.writeNumberField("minRttUs", path.minRttUs());
        json.writeNumberField("congestionWindow", path.congestionWindow());
        json.writeNumberField("slowStartThreshold", path.slowStartThreshold());
        json.writeNumberField("mss", path.mss());
        json.writeNumberField("sendWindow", path.sendWindow());
        json.writeNumberField("receiveWindow", path.receiveWindow());
        json.writeNumberField("inFlight", path.inFlight());
        json.writeNumberField("unsentBytes", path.unsentBytes());
        json.writeNumberField("unreadBytes", path.unreadBytes());
        json.writeNumberField("deliveryRateBytesPerSecond", path.deliveryRateBytesPerSecond());
        json.writeNumberField("congestionState", path.congestionState());
    }

    private void writeOwner(Owner owner) throws IOException {
        json.writeNumberField("pid", owner.pid());
        if (owner.uid() < 0) {
            json.writeNullField("uid");
        } else {
            json.writeNumberField("uid", owner.uid());
        }
        json.writeStringField("comm", owner.comm());
        writeUnsigned("cgroupId", owner.cgroupId());
    }

    private void writeOrigin(Origin origin) throws IOException {
        json.writeStringField("agent", origin.agentId());
        json.writeStringField("bootId", origin.bootId());
        writeName("witnesses", origin.witnesses());
        json.writeNumberField("sequence", origin.sequence());
        json.writeObjectFieldStart("losses");
        for (Map.Entry<String, Long> cause : origin.losses().byCause().entrySet()) {
            json.writeNumberField(cause.getKey(), cause.getValue());
        }
        json.writeEndObject();
    }

    private void writeEndpoint(String name, IpEndpoint endpoint) throws IOException {
        if (endpoint == null) {
            json.writeNullField(name);
            return;
        }
        json.writeObjectFieldStart(name);
        json.writeStringField("address", endpoint.address().toString());
        json.writeNumberField("port", endpoint.port());
        json.writeEndObject();
    }

    private void writeName(String name, Enum<?> value) throws IOException {
        json.writeStringField(name, value == null ? null : value.name());
    }

    private void writeUnsigned(String name, long value) throws IOException {
        if (value >= 0) {
            json.writeNumberField(name, value);
        } else {
            json.writeNumberField(name, new BigInteger(Long.toUnsignedString(value)));
        }
    }

    private static String time(long unixNs) {
        return Instant.ofEpochSecond(
                        Math.floorDiv(unixNs, NS_PER_S), Math.floorMod(unixNs, NS_PER_S))
                .toString();
    }
}

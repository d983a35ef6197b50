package io.weir.cli.sockets;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.weir.agent.netlink.DiagAttribute;
import io.weir.agent.netlink.SocketView;
import io.weir.agent.netlink.TcpInfoField;
import io.weir.agent.netlink.TcpInfoView;
import io.weir.net.IpAddress;
import io.weir.record.TcpState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Writes sockets as JSON, one object a line; the names are a contract with users, in {@code
 * docs/SOCKETS.md}.
 *
 * <p>What the kernel did not say of a socket has no key. Numbers are JSON numbers, unsigned, up to
 * 64 bits. One thread; the buffer grows to the largest batch and is reused.
 */
public final class SocketJson {
    private static final List<String> TIMERS =
            List.of("NONE", "RETRANSMIT", "KEEPALIVE", "TIME_WAIT", "PROBE");
    private static final TcpInfoField[] TCP_INFO = TcpInfoField.values();

    private final ByteArrayOutputStream lines = new ByteArrayOutputStream(1 << 16);
    private final JsonGenerator json;

    public SocketJson() {
        try {
            json = new JsonFactory().createGenerator(lines).setRootValueSeparator(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Appends one line.
     *
     * @param netns inode of the socket's network namespace, 0 unknown
     */
    public void append(SocketView socket, long netns) {
        append(socket, netns, json -> {});
    }

    /**
     * Appends one line with more keys than the kernel's.
     *
     * @param more writes further fields into the socket's object, at its end
     */
    public void append(SocketView socket, long netns, Fields more) {
        try {
            json.writeStartObject();
            writeIdentity(socket, netns);
            writeQueues(socket);
            writeTcpInfo(socket.tcpInfo());
            writeMemory(socket);
            writeCongestionControl(socket);
            writeOptions(socket);
            new UlpJson(json).write(socket.ulp());
            more.write(json);
            json.writeEndObject();
            json.writeRaw('\n');
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }

    /** What somebody else knows of a socket, such as its process. */
    @FunctionalInterface
    public interface Fields {
        /** Writes fields into the open object. */
        void write(JsonGenerator json) throws IOException;
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

    private void writeIdentity(SocketView socket, long netns) throws IOException {
        if (netns == 0) {
            json.writeNullField("netns");
        } else {
            json.writeNumberField("netns", netns);
        }
        writeUnsigned("cookie", socket.cookie());
        json.writeStringField("family", socket.isInet6() ? "INET6" : "INET");
        json.writeStringField("state", TcpState.of(socket.state()).name());
        writeEndpoint("local", socket.localAddress(), socket.localPort());
        writeEndpoint("remote", socket.remoteAddress(), socket.remotePort());
        json.writeNumberField("ifindex", socket.ifindex());
        json.writeNumberField("inode", socket.inode());
        json.writeNumberField("uid", socket.uid());
    }

    private void writeEndpoint(String name, IpAddress address, int port) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("address", address.toString());
        json.writeNumberField("port", port);
        json.writeEndObject();
    }

    private void writeQueues(SocketView socket) throws IOException {
        json.writeNumberField("receiveQueue", socket.receiveQueue());
        json.writeNumberField("sendQueue", socket.sendQueue());
        int timer = socket.timer();
        json.writeStringField("timer", timer < TIMERS.size() ? TIMERS.get(timer) : "UNKNOWN");
        json.writeNumberField("timerRetransmits", socket.retransmits());
        json.writeNumberField("timerExpiresMs", socket.expiresMs());
    }

    private void writeTcpInfo(TcpInfoView info) throws IOException {
        if (info.length() == 0) {
            return;
        }
        json.writeObjectFieldStart("tcpInfo");
        for (TcpInfoField field : TCP_INFO) {
            if (info.has(field)) {
                writeUnsigned(field.key(), info.value(field));
            }
        }
        json.writeEndObject();
    }

    private void writeMemory(SocketView socket) throws IOException {
        if (socket.has(DiagAttribute.MEMINFO)) {
            json.writeObjectFieldStart("memInfo");
            for (int i = 0; i < DiagAttribute.MEM_INFO_KEYS.size(); i++) {
                writeIfThere(DiagAttribute.MEM_INFO_KEYS.get(i), socket.memInfo(i));
            }
            json.writeEndObject();
        }
        if (socket.has(DiagAttribute.SKMEMINFO)) {
            json.writeObjectFieldStart("skMemInfo");
            for (int i = 0; i < DiagAttribute.SK_MEM_INFO_KEYS.size(); i++) {
                writeIfThere(DiagAttribute.SK_MEM_INFO_KEYS.get(i), socket.skMemInfo(i));
            }
            json.writeEndObject();
        }
    }

    private void writeCongestionControl(SocketView socket) throws IOException {
        if (socket.has(DiagAttribute.CONG)) {
            json.writeStringField("congestion", socket.congestion());
        }
        if (socket.has(DiagAttribute.BBRINFO)) {
            json.writeObjectFieldStart("bbr");
            if (socket.hasBbr()) {
                writeUnsigned("bw", socket.bbrBandwidth());
            }
            writeIfThere("minRtt", socket.bbrMinRttUs());
            writeIfThere("pacingGain", socket.bbrPacingGain());
            writeIfThere("cwndGain", socket.bbrCwndGain());
            json.writeEndObject();
        }
        if (socket.has(DiagAttribute.DCTCPINFO)) {
            json.writeObjectFieldStart("dctcp");
            writeIfThere("enabled", socket.dctcpEnabled());
            writeIfThere("ceState", socket.dctcpCeState());
            writeIfThere("alpha", socket.dctcpAlpha());
            writeIfThere("abEcn", socket.dctcpAbEcn());
            writeIfThere("abTot", socket.dctcpAbTot());
            json.writeEndObject();
        }
        if (socket.has(DiagAttribute.VEGASINFO)) {
            json.writeObjectFieldStart("vegas");
            writeIfThere("enabled", socket.vegasEnabled());
            writeIfThere("rttcnt", socket.vegasRttcnt());
            writeIfThere("rtt", socket.vegasRttUs());
            writeIfThere("minrtt", socket.vegasMinrttUs());
            json.writeEndObject();
        }
    }

    private void writeOptions(SocketView socket) throws IOException {
        writeIfThere("tos", socket.tos());
        writeIfThere("tclass", socket.tclass());
        writeIfThere("shutdown", socket.shutdown());
        writeIfThere("protocol", socket.protocol());
        if (socket.v6only() >= 0) {
            json.writeBooleanField("v6only", socket.v6only() != 0);
        }
        writeIfThere("mark", socket.mark());
        writeIfThere("classId", socket.classId());
        if (socket.hasCgroupId()) {
            writeUnsigned("cgroupId", socket.cgroupId());
        }
        int options = socket.sockopt();
        if (options >= 0) {
            json.writeObjectFieldStart("sockopt");
            for (int bit = 0; bit < DiagAttribute.SOCKOPTS.size(); bit++) {
                json.writeBooleanField(
                        DiagAttribute.SOCKOPTS.get(bit), ((options >>> bit) & 1) != 0);
            }
            json.writeEndObject();
        }
    }

    private void writeIfThere(String name, long value) throws IOException {
        if (value >= 0) {
            json.writeNumberField(name, value);
        }
    }

    private void writeUnsigned(String name, long value) throws IOException {
        json.writeFieldName(name);
        if (value >= 0) {
            json.writeNumber(value);
        } else {
            json.writeRawValue(Long.toUnsignedString(value));
        }
    }
}

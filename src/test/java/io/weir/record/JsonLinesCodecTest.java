package io.weir.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weir.testkit.FlowRecords;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesCodecTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String SAMPLE =
            """
            {"windowStart":"2026-09-21T14:13:20Z","windowEnd":"2026-09-21T14:13:25Z",\
            "local":{"address":"10.0.0.1","port":40000},\
            "remote":{"address":"2001:db8::2","port":443},\
            "listen":{"address":"::","port":80},"role":"CLIENT","netns":4026531840,"cookie":17,\
            "v4Mapped":true,"mptcp":false,"state":"CLOSE","opened":true,"closed":true,\
            "adopted":false,"failure":null,"closedBy":"REMOTE","closeKind":"RST","errno":104,\
            "openedAt":"2026-09-21T14:13:19.123456789Z","connectUs":250,"durationUs":5000001,\
            "bytesSent":101,"bytesReceived":102,"bytesRetransmitted":103,"bytesAcked":104,\
            "segmentsSent":105,"segmentsReceived":106,"dataSegmentsSent":107,\
            "dataSegmentsReceived":108,"segmentsRetransmitted":109,"segmentsDelivered":110,\
            "segmentsDeliveredCe":111,"segmentsLost":112,"segmentsOutOfOrder":113,\
            "reorderings":114,\
            "bytesSentTotal":201,"bytesReceivedTotal":202,"bytesRetransmittedTotal":203,\
            "bytesAckedTotal":204,"segmentsSentTotal":205,"segmentsReceivedTotal":206,\
            "dataSegmentsSentTotal":207,"dataSegmentsReceivedTotal":208,\
            "segmentsRetransmittedTotal":209,"segmentsDeliveredTotal":210,\
            "segmentsDeliveredCeTotal":211,"segmentsLostTotal":212,\
            "segmentsOutOfOrderTotal":213,"reorderingsTotal":214,\
            "srttUs":301,"rttVarUs":302,"minRttUs":303,"congestionWindow":304,\
            "slowStartThreshold":305,"mss":306,"sendWindow":307,"receiveWindow":308,\
            "inFlight":309,"unsentBytes":310,"unreadBytes":311,\
            "deliveryRateBytesPerSecond":312,"congestionState":4,\
            "pid":1234,"uid":1000,"comm":"curl","cgroupId":5678,\
            "agent":"node-1","bootId":"8a1c0e0e-0000-4000-8000-000000000001","witnesses":"EVENTS_AND_DIAG","sequence":9,\
            "losses":{"ringActive":1,"ringOpen":2,"ringClose":3,"parkFull":4,"noState":5,\
            "noCookie":6,"listen":7,"hookMissed":8,"tableFull":9,"closedTableFull":10,\
            "closedDropped":11,"late":12,"invalid":13}}
            """;

    private final JsonLinesCodec codec = new JsonLinesCodec();

    @Test
    void shouldWriteTheContractedNames() throws IOException {
        codec.append(FlowRecords.sample());

        assertThat(written()).isEqualTo(SAMPLE);
    }

    @Test
    void shouldWriteOneLinePerRecordAndForgetThemOnce() throws IOException {
        codec.append(FlowRecords.sample());
        codec.append(FlowRecords.sample());

        assertThat(codec.size()).isEqualTo(2 * SAMPLE.length());
        assertThat(written()).isEqualTo(SAMPLE + SAMPLE);
        assertThat(codec.size()).isZero();
        assertThat(written()).isEmpty();
    }

    @Test
    void shouldKeepLinesWhichCouldNotBeWritten() throws IOException {
        OutputStream broken =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                };
        codec.append(FlowRecords.sample());

        assertThatIOException().isThrownBy(() -> codec.writeTo(broken));
        assertThat(written()).isEqualTo(SAMPLE);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void shouldWriteWhatAnyJsonReaderUnderstands(long seed) throws IOException {
        Random random = new Random(seed);
        List<FlowRecord> records = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            records.add(FlowRecords.random(random));
            codec.append(records.getLast());
        }

        List<String> lines = written().lines().toList();

        assertThat(lines).hasSameSizeAs(records);
        for (int i = 0; i < lines.size(); i++) {
            JsonNode json = JSON.readTree(lines.get(i));
            FlowRecord record = records.get(i);
            assertThat(json.at("/cookie").bigIntegerValue())
                    .hasToString(Long.toUnsignedString(record.connection().cookie()));
            assertThat(json.get("comm").textValue()).isEqualTo(record.owner().comm());
            assertThat(json.get("uid").isNull()).isEqualTo(record.owner().uid() < 0);
            assertThat(json.get("listen").isNull()).isEqualTo(record.connection().listen() == null);
            assertThat(json.get("failure").isNull())
                    .isEqualTo(record.lifecycle().failure() == null);
            assertThat(json.get("bytesSent").longValue()).isEqualTo(record.window().bytesSent());
        }
    }

    private String written() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        codec.writeTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }
}

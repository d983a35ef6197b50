package io.weir.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** One line of {@code weir agent --sink stdout --format jsonl}: what tests look at. */
public record FlowLine(
        Identity identity,
        String role,
        String state,
        Endpoint local,
        Endpoint remote,
        boolean opened,
        boolean closed,
        boolean adopted,
        String failure,
        String closedBy,
        String closeKind,
        Tally window,
        Tally total,
        long pid,
        String comm,
        boolean v4Mapped,
        boolean mptcp,
        long segmentsRetransmitted,
        Instant windowEnd,
        String witnesses,
        long sequence,
        Map<String, Long> losses) {
    private static final JsonMapper JSON = new JsonMapper();

    /** A connection among all of a boot. */
    public record Identity(long netns, long cookie) {}

    static FlowLine parse(String line) {
        try {
            return of(JSON.readTree(line));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new IllegalArgumentException("not a flow record: " + line, e);
        }
    }

    private static FlowLine of(JsonNode json) {
        return new FlowLine(
                new Identity(number(json, "netns"), number(json, "cookie")),
                text(json, "role"),
                text(json, "state"),
                Endpoint.of(json.required("local")),
                Endpoint.of(json.required("remote")),
                json.required("opened").booleanValue(),
                json.required("closed").booleanValue(),
                json.required("adopted").booleanValue(),
                text(json, "failure"),
                text(json, "closedBy"),
                text(json, "closeKind"),
                new Tally(number(json, "bytesSent"), number(json, "bytesReceived")),
                new Tally(number(json, "bytesSentTotal"), number(json, "bytesReceivedTotal")),
                number(json, "pid"),
                text(json, "comm"),
                json.required("v4Mapped").booleanValue(),
                json.required("mptcp").booleanValue(),
                number(json, "segmentsRetransmitted"),
                Instant.parse(text(json, "windowEnd")),
                text(json, "witnesses"),
                number(json, "sequence"),
                losses(json.required("losses")));
    }

    private static long number(JsonNode json, String name) {
        JsonNode value = json.required(name);
        if (!value.isIntegralNumber()) {
            throw new IllegalArgumentException(name + " is no whole number: " + value);
        }
        return value.longValue();
    }

    private static String text(JsonNode json, String name) {
        return json.required(name).textValue();
    }

    private static Map<String, Long> losses(JsonNode json) {
        Map<String, Long> losses = new HashMap<>();
        json.properties().forEach(loss -> losses.put(loss.getKey(), loss.getValue().longValue()));
        return losses;
    }
}

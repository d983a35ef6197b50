package io.weir.cli.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.weir.agent.check.LiveReport;
import io.weir.agent.check.PollReport;
import io.weir.agent.check.WitnessReport;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** What both witnesses saw, for a script: one JSON object. */
public final class LiveJson {
    private LiveJson() {}

    /** The object, ending with a line end. */
    public static String of(LiveReport report) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            json.writeStringField("hooks", report.hooks());
            json.writeBooleanField("pollOnly", !report.witnesses().events());
            poll(json, report.poll());
            witnesses(json, report.witnesses());
            json.writeNumberField("closesLost", report.lost());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.append('\n').toString();
    }

    private static void poll(JsonGenerator json, PollReport poll) throws IOException {
        json.writeObjectFieldStart("poll");
        json.writeNumberField("intervalMs", poll.interval().toMillis());
        json.writeNumberField("namespaces", poll.namespaces());
        json.writeNumberField("sockets", poll.sockets());
        json.writeNumberField("roundNs", poll.roundNs());
        json.writeNumberField("hiddenProcesses", poll.hiddenProcesses());
        json.writeNumberField("closedNamespaces", poll.closedNamespaces());
        json.writeNumberField("incomplete", poll.incomplete());
        json.writeStringField("lastRefusal", poll.lastRefusal());
        json.writeEndObject();
    }

    private static void witnesses(JsonGenerator json, WitnessReport seen) throws IOException {
        json.writeObjectFieldStart("witnesses");
        json.writeNumberField("rounds", seen.rounds());
        json.writeNumberField("connectionsBoth", seen.connectionsBoth());
        json.writeNumberField("connectionsEventsOnly", seen.connectionsEventsOnly());
        json.writeNumberField("connectionsDiagOnly", seen.connectionsDiagOnly());
        json.writeNumberField("bytesBoth", seen.bytesBoth());
        json.writeNumberField("bytesEventsOnly", seen.bytesEventsOnly());
        json.writeNumberField("bytesDiagOnly", seen.bytesDiagOnly());
        json.writeNumberField("bytesDisagreed", seen.bytesDisagreed());
        json.writeNumberField("missedByDiag", seen.missedByDiag());
        json.writeNumberField("missedByEvents", seen.missedByEvents());
        json.writeNumberField("bytesMissedByEvents", seen.bytesMissedByEvents());
        json.writeNumberField("adopted", seen.adopted());
        json.writeNumberField("closesUnseen", seen.closesUnseen());
        json.writeNumberField("missedShare", seen.missedShare());
        json.writeNumberField("unexplained", seen.unexplained());
        json.writeEndObject();
    }
}

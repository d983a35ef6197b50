package io.weir.testkit;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One connection as the traffic generator knows it.
 *
 * @param app what the applications handed over and read
 * @param client what TCP carried, seen by the client's end: what records must equal
 * @param server the same of the server's end; null where no socket ever answered
 * @param failure null, or why it was never established
 * @param closedBy CLIENT or SERVER; null unknown
 * @param closeKind FIN or RST; null unknown
 */
public record Truth(
        String row,
        Endpoint clientEnd,
        Endpoint serverEnd,
        Tally app,
        Tally client,
        Tally server,
        String failure,
        String closedBy,
        String closeKind) {
    static Truth of(JsonNode json) {
        JsonNode wire = json.required("wire");
        boolean answered = json.required("serverEnd").booleanValue();
        return new Truth(
                json.required("row").textValue(),
                Endpoint.of(json.required("client")),
                Endpoint.of(json.required("server")),
                tally(json, "client"),
                tally(wire, "client"),
                answered ? tally(wire, "server") : null,
                json.required("failure").textValue(),
                json.required("closedBy").textValue(),
                json.required("closeKind").textValue());
    }

    private static Tally tally(JsonNode json, String end) {
        return new Tally(
                json.required(end + "Sent").longValue(),
                json.required(end + "Received").longValue());
    }
}

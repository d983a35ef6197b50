package io.weir.testkit;

import com.fasterxml.jackson.databind.JsonNode;

/** An address and port as both the generator and the agent write them. */
public record Endpoint(String address, int port) {
    static Endpoint of(JsonNode json) {
        return new Endpoint(json.required("address").textValue(), json.required("port").intValue());
    }

    @Override
    public String toString() {
        return address + " port " + port;
    }
}

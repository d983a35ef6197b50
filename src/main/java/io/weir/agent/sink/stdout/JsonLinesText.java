package io.weir.agent.sink.stdout;

import io.weir.record.FlowRecord;
import io.weir.record.JsonLinesCodec;
import java.io.IOException;
import java.io.OutputStream;

/** Records as one JSON object a line, with the names that are a contract. */
public final class JsonLinesText implements RecordText {
    private final JsonLinesCodec codec = new JsonLinesCodec();

    @Override
    public void append(FlowRecord record) {
        codec.append(record);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        codec.writeTo(out);
    }
}

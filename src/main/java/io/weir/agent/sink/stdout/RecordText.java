package io.weir.agent.sink.stdout;

import io.weir.record.FlowRecord;
import java.io.IOException;
import java.io.OutputStream;

/** A way to write records as lines of UTF-8 text. Used by one thread. */
public interface RecordText {
    /** Appends one record, as whole lines, to the batch. */
    void append(FlowRecord record);

    /** Writes the batch in one call, and forgets it. */
    void writeTo(OutputStream out) throws IOException;
}

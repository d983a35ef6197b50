/**
 * Records as text on standard output: JSON lines for programs, aligned columns for people.
 *
 * <p>The flow thread offers; one writer thread per sink formats and writes, and is the only one to
 * touch a {@link io.weir.agent.sink.stdout.RecordText} and the batch's buffer. Does not own, and
 * never closes, the stream. May touch {@code record}, {@code net}, {@code config} and {@code
 * metrics}.
 */
package io.weir.agent.sink.stdout;

/**
 * What leaves the agent: one {@link io.weir.record.FlowRecord} per connection and window, and the
 * codecs which write it.
 *
 * <p>Records are immutable and cross threads freely; a codec belongs to one thread and owns its
 * buffer. May touch {@code io.weir.net}, Jackson's streaming core and protobuf.
 */
package io.weir.record;

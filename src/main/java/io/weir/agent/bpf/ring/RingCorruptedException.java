package io.weir.agent.bpf.ring;

/**
 * The ring's positions or a record's length cannot be true: something else wrote to the map. The
 * reader has skipped to the newest record and can go on; what lay between is lost and counted.
 */
public final class RingCorruptedException extends RuntimeException {
    RingCorruptedException(String what) {
        super("ring buffer corrupted: " + what);
    }
}

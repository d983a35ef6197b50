package io.weir.testkit;

/** Payload bytes of one end of one connection. */
public record Tally(long sent, long received) {
    /** Nothing moved. */
    public static final Tally NONE = new Tally(0, 0);

    public Tally plus(Tally other) {
        return new Tally(sent + other.sent, received + other.received);
    }

    /** What the other end must say, if TCP delivered everything. */
    Tally mirrored() {
        return new Tally(/* sent= */ received, /* received= */ sent);
    }

    long sum() {
        return sent + received;
    }

    @Override
    public String toString() {
        return "sent " + sent + " received " + received;
    }
}

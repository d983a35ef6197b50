package io.weir.testkit;

import io.weir.net.IpAddress;
import io.weir.net.IpEndpoint;
import io.weir.record.CloseKind;
import io.weir.record.ClosedBy;
import io.weir.record.Closing;
import io.weir.record.Connection;
import io.weir.record.Failure;
import io.weir.record.FlowRecord;
import io.weir.record.Lifecycle;
import io.weir.record.LossCounters;
import io.weir.record.Origin;
import io.weir.record.Owner;
import io.weir.record.Path;
import io.weir.record.Role;
import io.weir.record.TcpState;
import io.weir.record.Traffic;
import io.weir.record.Witnesses;
import java.util.Random;

/** Flow records for tests of codecs and sinks. */
public final class FlowRecords {
    private FlowRecords() {}

    /** A client's last record, every field another value. */
    public static FlowRecord sample() {
        return new FlowRecord(
                1_790_000_000_000_000_000L,
                1_790_000_005_000_000_000L,
                new Connection(
                        new IpEndpoint(IpAddress.parse("10.0.0.1"), 40_000),
                        new IpEndpoint(IpAddress.parse("2001:db8::2"), 443),
                        new IpEndpoint(IpAddress.parse("::"), 80),
                        Role.CLIENT,
                        4_026_531_840L,
                        17,
                        true,
                        false),
                new Lifecycle(
                        TcpState.CLOSE,
                        true,
                        true,
                        false,
                        null,
                        new Closing(ClosedBy.REMOTE, CloseKind.RST),
                        104,
                        1_789_999_999_123_456_789L,
                        250,
                        5_000_001),
                new Traffic(101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113, 114),
                new Traffic(201, 202, 203, 204, 205, 206, 207, 208, 209, 210, 211, 212, 213, 214),
                new Path(301, 302, 303, 304, 305, 306, 307, 308, 309, 310, 311, 312, 4),
                new Owner(1234, 1000, "curl", 5678),
                new Origin(
                        "node-1",
                        "8a1c0e0e-0000-4000-8000-000000000001",
                        Witnesses.EVENTS_AND_DIAG,
                        9,
                        new LossCounters(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13)));
    }

    /** Any record the agent could make, of one agent and its last loss counters. */
    public static FlowRecord random(Random random) {
        long start = random.nextLong(1L << 61);
        return new FlowRecord(
                start,
                start + random.nextLong(1L << 40),
                connection(random),
                lifecycle(random),
                traffic(random),
                traffic(random),
                path(random),
                owner(random),
                new Origin(
                        "agent",
                        "boot",
                        Witnesses.DIAG,
                        random.nextLong(1L << 62),
                        losses(new Random(7))));
    }

    private static Connection connection(Random random) {
        return new Connection(
                endpoint(random),
                endpoint(random),
                random.nextBoolean() ? endpoint(random) : null,
                any(random, Role.values()),
                u32(random),
                random.nextLong(),
                random.nextBoolean(),
                random.nextBoolean());
    }

    private static IpEndpoint endpoint(Random random) {
        IpAddress address =
                random.nextBoolean()
                        ? IpAddress.ofV4(random.nextInt())
                        : new IpAddress(random.nextLong(), random.nextLong());
        return new IpEndpoint(address, random.nextInt(65_536));
    }

    private static Lifecycle lifecycle(Random random) {
        boolean failed = random.nextBoolean();
        boolean ended = random.nextBoolean();
        return new Lifecycle(
                any(random, TcpState.values()),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean(),
                failed ? any(random, Failure.values()) : null,
                ended
                        ? new Closing(
                                any(random, ClosedBy.values()), any(random, CloseKind.values()))
                        : null,
                random.nextInt(134),
                random.nextLong(1L << 62),
                random.nextLong(1L << 40),
                random.nextLong(1L << 50));
    }

    private static Traffic traffic(Random random) {
        return new Traffic(
                u63(random),
                u63(random),
                u63(random),
                u63(random),
                u63(random),
                u63(random),
                u63(random),
                u63(random),
                u63(random),
                u63(random),
                u63(random),
                u63(random),
                u63(random),
                u63(random));
    }

    private static Path path(Random random) {
        return new Path(
                u32(random),
                u32(random),
                u32(random),
                u32(random),
                u32(random),
                u32(random),
                u32(random),
                u32(random),
                u32(random),
                u32(random),
                u32(random),
                u63(random),
                random.nextInt(5));
    }

    private static Owner owner(Random random) {
        return random.nextBoolean()
                ? Owner.UNKNOWN
                : new Owner(u32(random), u32(random), "käse \"1\"\n", random.nextLong());
    }

    private static LossCounters losses(Random random) {
        return new LossCounters(
                u63(random),
                u63(random),
                u63(random),
                u63(random),
                u63(random),
                u63(random),
                u63(random),
                u63(random),
                u63(random),
                u63(random),
                u63(random),
                u63(random),
                u63(random));
    }

    private static <T> T any(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }

    private static long u32(Random random) {
        return Integer.toUnsignedLong(random.nextInt());
    }

    private static long u63(Random random) {
        return random.nextLong() >>> 1 >>> random.nextInt(63);
    }
}

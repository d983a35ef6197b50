package io.weir.agent.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.netlink.DumpSettings.Families;
import io.weir.agent.proc.NamespaceFinder;
import io.weir.agent.proc.NamespaceList;
import io.weir.agent.proc.NetworkNamespace;
import io.weir.testkit.Distribution;
import io.weir.testkit.ManySockets;
import io.weir.testkit.Privilege;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The poller against this kernel's namespaces, which the tests make and take away again. */
class InetDiagPollerIT {
    private static final int ESTABLISHED = 1;
    private static final long MOST_GROWTH_KIB = 16 << 10;
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(180);
    private static final DumpSettings SETTINGS =
            DumpSettings.of(Families.BOTH, DumpSettings.ALL_STATES, 1 << 1);

    private final NamespaceFinder finder = NamespaceFinder.ofThisMachine();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void needsRoot() {
        Privilege.assumeRoot();
    }

    @Test
    void shouldSeeEverySocketOf200Namespaces() throws IOException {
        try (ManySockets sockets = ManySockets.open(200, 10)) {
            Map<Long, Integer> established = new HashMap<>();
            Set<String> threads = new HashSet<>();
            SocketHandler count =
                    (netns, socket, timeNs) -> {
                        threads.add(Thread.currentThread().getName());
                        if (socket.state() == ESTABLISHED) {
                            established.merge(netns, 1, Integer::sum);
                        }
                    };

            PollStats stats =
                    InetDiagPoller.once(finder, all -> true, SETTINGS, AnswerTap.NONE, count);

            System.out.printf(
                    "200 namespaces, %d sockets: %.1f ms%n",
                    stats.sockets(), stats.lastRoundNs() / 1e6);
            assertThat(sockets.namespaces()).hasSize(200).doesNotHaveDuplicates();
            assertThat(sockets.namespaces())
                    .allSatisfy(inode -> assertThat(established).containsEntry(inode, 20));
            assertThat(threads).containsExactly("weir-diag");
            assertThat(stats.incomplete()).isZero();
        }
    }

    @Test
    void shouldNeedNoMoreMemoryRoundAfterRound() throws IOException {
        try (ManySockets sockets = ManySockets.open(20, 100)) {
            assertThat(sockets.pid()).isPositive();
            long warmKib = residentKibAfter(20);

            long laterKib = residentKibAfter(100);

            System.out.printf("after 20 rounds %d KiB, 100 later %d KiB%n", warmKib, laterKib);
            assertThat(laterKib - warmKib).isLessThan(MOST_GROWTH_KIB);
        }
    }

    private long residentKibAfter(int rounds) throws IOException {
        for (int i = 0; i < rounds; i++) {
            InetDiagPoller.once(finder, all -> true, SETTINGS, AnswerTap.NONE, (n, s, t) -> {});
        }
        System.gc();
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void shouldSeeTheSameInOnePassAsInTwo() throws IOException {
        try (ManySockets sockets = ManySockets.open(1, 30)) {
            long inode = sockets.namespaces().getFirst();

            Set<Long> one = cookies(Families.BOTH, inode);

            assertThat(one).hasSize(62).isEqualTo(cookies(Families.EACH, inode));
            Set<Long> parts = cookies(Families.V4, inode);
            assertThat(parts).hasSize(31);
            parts.addAll(cookies(Families.V6, inode));
            assertThat(parts).isEqualTo(one);
        }
    }

    private Set<Long> cookies(Families families, long netns) {
        Set<Long> cookies = new HashSet<>();
        InetDiagPoller.once(
                finder,
                namespace -> namespace.inode() == netns,
                DumpSettings.of(families, DumpSettings.ALL_STATES, 0),
                AnswerTap.NONE,
                (inode, socket, timeNs) -> assertThat(cookies.add(socket.cookie())).isTrue());
        return cookies;
    }

    @Test
    void shouldSurviveANamespaceThatVanishesInMidDump() throws IOException {
        try (ManySockets sockets = ManySockets.open(1, 400)) {
            long inode = sockets.namespaces().getFirst();
            Heard heard = new Heard();
            boolean[] killed = new boolean[1];
            SocketHandler killer =
                    (netns, socket, timeNs) -> {
                        if (netns == inode && !killed[0]) {
                            killed[0] = true;
                            sockets.kill();
                        }
                    };

            PollStats stats =
                    InetDiagPoller.once(finder, all -> true, SETTINGS, AnswerTap.NONE, killer);

            assertThat(killed[0]).isTrue();
            assertThat(stats.rounds()).isOne();
            assertThat(stats.refused()).isZero();
            await(() -> !inodes(finder.find()).contains(inode));
            InetDiagPoller.once(finder, all -> true, SETTINGS, AnswerTap.NONE, heard);
            assertThat(heard.lines).doesNotContain("start " + inode).endsWith("round");
        }
    }

    @Test
    void shouldLeakNothingWhileNamespacesComeAndGo() throws IOException, InterruptedException {
        InetDiagPoller.once(finder, all -> true, SETTINGS, AnswerTap.NONE, (n, s, t) -> {});
        long descriptorsBefore = count("/proc/self/fd");
        long threadsBefore = count("/proc/self/task");
        Set<Long> seen = new HashSet<>();
        SocketHandler handler =
                new SocketHandler() {
                    @Override
                    public void onSocket(long netns, SocketView socket, long timeNs) {
                        seen.add(netns);
                    }
                };
        PollStats stats;
        try (InetDiagPoller poller = poller(handler, Duration.ofMillis(1))) {
            Process churn =
                    new ProcessBuilder(
                                    List.of(
                                            Distribution.testProgram("netns-churn").toString(),
                                            "5000",
                                            "40"))
                            .inheritIO()
                            .start();
            assertThat(churn.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(churn.exitValue()).isZero();
            assertThat(count("/proc/self/task")).isLessThanOrEqualTo(threadsBefore + 4);
            long rounds = poller.stats().rounds();
            await(() -> poller.stats().rounds() > rounds + 1);
            stats = poller.stats();
        }

        System.out.printf("%d namespaces seen; %s%n", seen.size(), stats);
        assertThat(failures).isEmpty();
        assertThat(seen.size()).isGreaterThan(200);
        assertThat(stats.refused() + stats.timeouts() + stats.malformed()).isZero();
        assertThat(count("/proc/self/task")).isLessThanOrEqualTo(threadsBefore + 4);
        assertNoNamespaceIsHeld(descriptorsBefore);
    }

    @Test
    void shouldPollWhenAskedAndStopAtOnce() {
        ConcurrentLinkedQueue<Long> rounds = new ConcurrentLinkedQueue<>();
        SocketHandler handler =
                new SocketHandler() {
                    @Override
                    public void onSocket(long netns, SocketView socket, long timeNs) {}

                    @Override
                    public void onRoundDone(NamespaceList found, long startNs, long endNs) {
                        rounds.add(endNs - startNs);
                    }
                };
        try (InetDiagPoller poller = poller(handler, Duration.ofHours(1))) {
            await(() -> rounds.size() == 1);

            poller.pollNow();

            await(() -> rounds.size() == 2);
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("weir-diag");
        assertThat(failures).isEmpty();
    }

    @Test
    void shouldSayWhyItEndedWhenItsHandlerFails() throws IOException {
        long descriptors = count("/proc/self/fd");
        try (ManySockets sockets = ManySockets.open(1, 1);
                InetDiagPoller poller =
                        poller(
                                (netns, socket, timeNs) -> {
                                    throw new IllegalStateException("no more");
                                },
                                Duration.ofMillis(1))) {
            assertThat(sockets.pid()).isPositive();
            await(() -> !failures.isEmpty());

            assertThat(failures)
                    .singleElement()
                    .extracting(Throwable::getMessage)
                    .isEqualTo("no more");
            assertThat(poller.stats()).isEqualTo(PollStats.NONE);
        }
        assertThat(count("/proc/self/fd")).isLessThanOrEqualTo(descriptors + 1);
    }

    /** A namespace lives by descriptors and by the threads in it; other tests make some, too. */
    private static void assertNoNamespaceIsHeld(long descriptorsBefore) throws IOException {
        assertThat(count("/proc/self/fd")).isLessThanOrEqualTo(descriptorsBefore + 1);
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            assertThat(tasks.map(InetDiagPollerIT::namespaceOf).distinct().toList()).hasSize(1);
        }
    }

    private static String namespaceOf(Path task) {
        try {
            return Files.readSymbolicLink(task.resolve("ns/net")).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private InetDiagPoller poller(SocketHandler handler, Duration interval) {
        return new InetDiagPoller(finder, SETTINGS, () -> interval, handler, failures::add).start();
    }

    private static Set<Long> inodes(NamespaceList list) {
        Set<Long> inodes = new HashSet<>();
        list.namespaces().stream().map(NetworkNamespace::inode).forEach(inodes::add);
        return inodes;
    }

    private static long count(String directory) throws IOException {
        try (Stream<Path> entries = Files.list(Path.of(directory))) {
            return entries.count();
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT_NS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }
}

package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.testkit.Distribution;
import io.weir.testkit.ManySockets;
import io.weir.testkit.Modules;
import io.weir.testkit.NetnsPair;
import io.weir.testkit.Privilege;
import io.weir.testkit.Program;
import io.weir.testkit.SsLine;
import io.weir.testkit.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code weir sockets}, as users run it, against what {@code ss} says of the same sockets. */
abstract class SocketsContract {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ATTEMPTS = 10;

    @TempDir private Path directory;

    @BeforeEach
    void needsRootAndModules() throws IOException, InterruptedException {
        Privilege.assumeRoot();
        Modules.load();
    }

    @Test
    void agreesWithSsFieldByField() throws IOException, InterruptedException {
        try (ManySockets sockets =
                ManySockets.open(1, 16, "cubic", "bbr", "dctcp", "vegas", "reno")) {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                if (agree(Path.of("/proc/" + sockets.pid() + "/ns/net"), 2 + 2 * 16)) {
                    return;
                }
            }
        }
        throw new AssertionError("the sockets do not come to rest");
    }

    /** Congestion controls this kernel has, beside those every one has. */
    Set<String> congestionControls() {
        return Set.of("cubic", "reno");
    }

    @Test
    void agreesWithSsAfterLoss() throws IOException, InterruptedException {
        try (NetnsPair namespaces = NetnsPair.open()) {
            namespaces.lose(3, 5);
            List<String> options = new ArrayList<>(namespaces.options(NetnsPair.SERVER_V4));
            options.addAll(List.of("--hold", "60"));
            try (Traffic traffic = Traffic.start("keepalive-idle", options)) {
                traffic.next();
                for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                    boolean client = agree(namespaces.client(), 1);
                    if (agree(namespaces.server(), 1) && client) {
                        return;
                    }
                }
            }
        }
        throw new AssertionError("the sockets do not come to rest");
    }

    /** Whether nothing moved meanwhile; fails if nothing did and they differ. */
    private boolean agree(Path netns, int sockets) throws IOException, InterruptedException {
        Map<Long, SsLine> before = ss(netns);
        Map<Long, JsonNode> ours = weir(netns);
        if (!still(before).equals(still(ss(netns)))) {
            return false;
        }
        assertThat(before).hasSize(sockets);
        assertAgreement(before, ours);
        return true;
    }

    private void assertAgreement(Map<Long, SsLine> theirs, Map<Long, JsonNode> ours) {
        assertThat(ours.keySet()).isEqualTo(theirs.keySet());
        List<String> differences = new ArrayList<>();
        TreeSet<String> congestion = new TreeSet<>();
        ours.forEach((cookie, socket) -> {
            congestion.add(socket.path("congestion").asText());
            theirs.get(cookie)
                    .differencesFrom(socket)
                    .forEach(difference -> differences.add(cookie + " " + difference));
        });

        assertThat(differences).isEmpty();
        if (ours.size() > congestionControls().size()) {
            assertThat(congestion).containsAll(congestionControls());
        }
        System.out.println("agree with ss: " + ours.size() + " sockets with " + congestion);
    }

    private static Map<Long, List<String>> still(Map<Long, SsLine> lines) {
        Map<Long, List<String>> still = new HashMap<>();
        lines.forEach((cookie, line) -> still.put(cookie, line.still()));
        return still;
    }

    private static Map<Long, SsLine> ss(Path netns) throws IOException, InterruptedException {
        Program ss = Program.run(List.of("nsenter", "--net=" + netns, "ss", "-OtinemHa", "--tos"));
        assertThat(ss.code()).describedAs(ss.err()).isZero();
        return SsLine.parse(ss.out());
    }

    private static Map<Long, JsonNode> weir(Path namespace)
            throws IOException, InterruptedException {
        String netns = Files.getAttribute(namespace, "unix:ino").toString();
        Program weir = weir("--all", "--netns", netns, "--format", "jsonl");
        assertThat(weir.code()).describedAs(weir.err()).isZero();
        Map<Long, JsonNode> byCookie = new HashMap<>();
        for (String line : weir.out().lines().toList()) {
            JsonNode socket = JSON.readTree(line);
            assertThat(socket.path("netns").asText()).isEqualTo(netns);
            byCookie.put(socket.path("cookie").asLong(), socket);
        }
        return byCookie;
    }

    @Test
    void namesProcessAndNamespaceInATable() throws IOException, InterruptedException {
        try (ManySockets sockets = ManySockets.open(1, 2)) {
            String netns = Long.toString(sockets.namespaces().getFirst());

            Program table = weir("--netns", netns, "--sort", "sent");
            Program listeners = weir("--netns", netns, "--state", "listen", "-6");
            Program limited = weir("--netns", netns, "--format", "csv", "--limit", "3");

            assertThat(table.out().lines()).hasSize(1 + 4);
            assertThat(table.out())
                    .startsWith("NETNS ")
                    .contains(netns + "  established  many-sockets(" + sockets.pid() + ")");
            assertThat(listeners.out().lines()).hasSize(1 + 1);
            assertThat(listeners.out()).contains("listen", "[::1]:");
            assertThat(limited.out().lines()).hasSize(1 + 3);
            long columns = limited.out().lines().findFirst().orElseThrow().split(",", -1).length;
            assertThat(limited.out().lines())
                    .allSatisfy(line ->
                            assertThat((long) line.split(",", -1).length).isEqualTo(columns));
        }
    }

    @Test
    void captureDecodesToTheSameSockets() throws IOException, InterruptedException {
        try (ManySockets sockets = ManySockets.open(1, 8, "cubic", "bbr", "dctcp", "vegas")) {
            String netns = Long.toString(sockets.namespaces().getFirst());
            Path capture = directory.resolve("sockets.pcap");

            Program live =
                    weir("-a", "--netns", netns, "--format", "jsonl", "--capture", "" + capture);
            Program decoded =
                    Program.run(List.of(Distribution.weir().toString(), "decode", "" + capture));

            assertThat(decoded.code()).describedAs(decoded.err()).isZero();
            assertThat(cookies(decoded)).hasSize(18).isEqualTo(cookies(live));
            keep(capture);
        }
    }

    /** One of every kernel of the lab, for decoders to be tried on. */
    private static void keep(Path capture) throws IOException {
        String share = System.getenv("WEIR_SHARE");
        if (share != null) {
            Path kept = Path.of(share, "sockets.pcap");
            Files.copy(capture, kept, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static Set<Long> cookies(Program program) throws IOException {
        Set<Long> cookies = new TreeSet<>();
        for (String line : program.out().lines().toList()) {
            cookies.add(JSON.readTree(line).path("cookie").asLong());
        }
        return cookies;
    }

    @Test
    void saysWhatIsInvisibleAndShowsTheRest() throws IOException, InterruptedException {
        try (ManySockets here = ManySockets.open(0, 1);
                ManySockets there = ManySockets.open(1, 1)) {
            List<String> command =
                    new ArrayList<>(
                            List.of(
                                    "setpriv",
                                    "--bounding-set",
                                    "-sys_ptrace,-sys_admin,-net_admin",
                                    "--inh-caps",
                                    "-all",
                                    Distribution.weir().toString(),
                                    "sockets",
                                    "--format",
                                    "jsonl"));

            Program weir = Program.run(command);

            assertThat(weir.code()).isZero();
            assertThat(here.pid()).isPositive();
            assertThat(weir.out()).contains("\"ESTABLISHED\"");
            assertThat(weir.out()).doesNotContain("" + there.namespaces().getFirst());
            assertThat(weir.err())
                    .contains("network namespaces of", "are invisible without CAP_SYS_PTRACE");
        }
    }

    @Test
    void saysWhichNamedNamespaceMayNotBeEntered() throws IOException, InterruptedException {
        String name = "weir" + ProcessHandle.current().pid() + "-closed";
        assertThat(Program.run(List.of("ip", "netns", "add", name)).code()).isZero();
        try {
            Program weir =
                    Program.run(
                            List.of(
                                    "setpriv",
                                    "--bounding-set",
                                    "-sys_admin",
                                    "--inh-caps",
                                    "-all",
                                    Distribution.weir().toString(),
                                    "sockets"));

            assertThat(weir.code()).describedAs(weir.err()).isZero();
            assertThat(weir.err()).contains("cannot be entered without CAP_SYS_ADMIN");
            assertThat(weir.err()).contains(name);
        } finally {
            Program.run(List.of("ip", "netns", "del", name));
        }
    }

    @Test
    void refusesANamespaceThatIsNotThere() throws IOException, InterruptedException {
        Program weir = weir("--netns", "nowhere");

        assertThat(weir.code()).isEqualTo(2);
        assertThat(weir.err()).contains("--netns nowhere is no network namespace");
    }

    private static Program weir(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Distribution.weir().toString(), "sockets"));
        command.addAll(List.of(options));
        return Program.run(command);
    }
}

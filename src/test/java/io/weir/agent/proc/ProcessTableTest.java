package io.weir.agent.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTableTest {
    private static final String ID = "0123456789abcdef".repeat(4);

    @TempDir private Path proc;

    @Test
    void shouldNameTheOwnerOfASocket() throws IOException {
        process(12, "nginx", "0::/kubepods/pod1/" + ID);
        descriptor(12, 3, "socket:[900]");
        descriptor(12, 4, "/dev/null");

        ProcessTable table = ProcessTable.scan(proc);

        assertThat(table.owner(900)).contains(new SocketOwner(12, "nginx", ID));
        assertThat(table.owner(901)).isEmpty();
        assertThat(table.hiddenProcesses()).isZero();
    }

    @Test
    void shouldPreferTheParentOfASharedSocket() throws IOException {
        process(100, "worker", "0::/");
        descriptor(100, 3, "socket:[900]");
        process(99, "master", "0::/");
        descriptor(99, 3, "socket:[900]");

        assertThat(ProcessTable.scan(proc).owner(900)).contains(new SocketOwner(99, "master", ""));
    }

    @Test
    void shouldSurviveProcessesThatEndMeanwhile() throws IOException {
        Files.createDirectories(proc.resolve("5/fd"));
        descriptor(5, 3, "socket:[900]");

        assertThat(ProcessTable.scan(proc).owner(900)).contains(new SocketOwner(5, "", ""));
    }

    @Test
    void shouldFindASocketOfThisProcess() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(listener.isBound()).isTrue();
            long inode = someSocketOfOurs();

            assertThat(ProcessTable.ofThisMachine().owner(inode)).isPresent();
        }
    }

    @Test
    void shouldFindTheInnermostContainer() {
        String inner = "f".repeat(64);

        assertThat(
                        ContainerId.of(
                                "0::/docker/"
                                        + ID
                                        + "/kubepods/cri-containerd-"
                                        + inner
                                        + ".scope"))
                .isEqualTo(inner);
        assertThat(ContainerId.of("0::/docker/" + ID + "a")).isEmpty();
        assertThat(ContainerId.of("")).isEmpty();
    }

    private static long someSocketOfOurs() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.map(ProcessTableTest::target)
                    .filter(target -> target.startsWith("socket:["))
                    .mapToLong(target -> Long.parseLong(target.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private void process(int pid, String comm, String cgroup) throws IOException {
        Path process = Files.createDirectories(proc.resolve(Integer.toString(pid)));
        Files.createDirectories(process.resolve("fd"));
        Files.writeString(process.resolve("comm"), comm + "\n");
        Files.writeString(process.resolve("cgroup"), cgroup + "\n");
    }

    private void descriptor(int pid, int number, String target) throws IOException {
        Files.createSymbolicLink(proc.resolve(pid + "/fd/" + number), Path.of(target));
    }
}

package io.weir.agent.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamespaceFinderTest {
    @TempDir private Path root;

    @Test
    void shouldFindEachNamespaceOnceWithSeveralWays() throws IOException {
        process(1, "net:[4026531840]");
        process(7, "net:[4026532001]");
        process(8, "net:[4026532001]");

        NamespaceList found = finder().find();

        assertThat(found.namespaces())
                .extracting(NetworkNamespace::inode)
                .containsExactlyInAnyOrder(4026531840L, 4026532001L);
        assertThat(found.namespaces())
                .filteredOn(namespace -> namespace.inode() == 4026532001L)
                .singleElement()
                .satisfies(namespace ->
                        assertThat(namespace.ways())
                                .containsExactlyInAnyOrder(
                                        root.resolve("proc/7/ns/net"),
                                        root.resolve("proc/8/ns/net")));
        assertThat(found.hiddenProcesses()).isZero();
    }

    @Test
    void shouldPreferTheNameThatLasts() throws IOException {
        Path named = Files.createFile(directory("netns").resolve("blue"));
        long inode = (Long) Files.getAttribute(named, "unix:ino");
        process(9, "net:[" + inode + "]");

        assertThat(finder().find().namespaces())
                .containsExactly(
                        new NetworkNamespace(
                                inode, "blue", List.of(named, root.resolve("proc/9/ns/net"))));
    }

    @Test
    void shouldKeepFewOfManyWays() throws IOException {
        for (int pid = 1; pid <= 50; pid++) {
            process(pid, "net:[5]");
        }

        assertThat(finder().find().namespaces())
                .singleElement()
                .satisfies(namespace -> assertThat(namespace.ways()).hasSize(8));
    }

    @Test
    void shouldPassOverProcessesThatEnded() throws IOException {
        Files.createDirectories(directory("proc").resolve("33"));
        process(34, "something else");
        Files.createDirectories(directory("proc").resolve("sys"));

        assertThat(finder().find()).isEqualTo(new NamespaceList(List.of(), 0, List.of()));
    }

    @Test
    void shouldFindOurOwn() throws IOException {
        String own = Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString();

        assertThat(NamespaceFinder.ofThisMachine().find().namespaces())
                .extracting(namespace -> "net:[" + namespace.inode() + "]")
                .contains(own)
                .doesNotHaveDuplicates();
    }

    private NamespaceFinder finder() {
        return new NamespaceFinder(
                root.resolve("proc"), List.of(root.resolve("netns"), root.resolve("absent")));
    }

    private void process(int pid, String namespace) throws IOException {
        Path ns = Files.createDirectories(directory("proc").resolve(pid + "/ns"));
        Files.createSymbolicLink(ns.resolve("net"), Path.of(namespace));
    }

    private Path directory(String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }
}

package io.weir.agent.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemCallsTest {
    @TempDir private Path directory;

    @Test
    void shouldReadAFileThroughADescriptor() throws IOException {
        Path file = Files.writeString(directory.resolve("text"), "weir");

        try (Arena arena = Arena.ofConfined();
                Descriptor descriptor = Descriptor.open(file)) {
            MemorySegment buffer = arena.allocate(16);

            assertThat(descriptor.read(buffer)).isEqualTo(4);
            assertThat(buffer.getString(0)).isEqualTo("weir");
            assertThat(descriptor.read(buffer)).isZero();
        }
    }

    @Test
    void shouldNameCallArgumentAndErrnoOfAFailure() {
        Path missing = directory.resolve("missing");

        assertThatThrownBy(() -> Descriptor.open(missing))
                .isInstanceOf(SystemCallException.class)
                .hasMessage("open(" + missing + "): ENOENT");
    }

    @Test
    void shouldReportABadDescriptor() {
        Descriptor closed = Descriptor.open(directory);
        closed.close();
        closed.close();

        try (Arena arena = Arena.ofConfined()) {
            assertThatThrownBy(() -> closed.read(arena.allocate(8)))
                    .isInstanceOfSatisfying(
                            SystemCallException.class,
                            refused -> {
                                assertThat(refused.call()).isEqualTo("read");
                                assertThat(refused.errno()).isEqualTo(Errno.EBADF);
                            });
        }
    }

    @Test
    void shouldWaitUntilTheTimeoutAndNoLonger() {
        try (Epoll epoll = Epoll.create();
                EventFd event = EventFd.create()) {
            epoll.add(event.fd());
            long startNs = System.nanoTime();

            int ready = epoll.await(20);

            assertThat(ready).isZero();
            assertThat(System.nanoTime() - startNs).isGreaterThanOrEqualTo(19_000_000L);
        }
    }

    @Test
    void shouldStayAwakeOnceSignalled() {
        try (Epoll epoll = Epoll.create();
                EventFd event = EventFd.create()) {
            epoll.add(event.fd());

            event.signal();

            assertThat(epoll.await(10_000)).isEqualTo(1);
            assertThat(epoll.await(10_000)).isEqualTo(1);
        }
    }

    @Test
    void shouldIgnoreASignalAfterClose() {
        EventFd event = EventFd.create();
        event.close();

        event.signal();
        event.close();
    }

    @Test
    void shouldRefuseToWatchARegularFile() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        try (Epoll epoll = Epoll.create();
                Descriptor descriptor = Descriptor.open(file)) {
            assertThatThrownBy(() -> epoll.add(descriptor.fd()))
                    .isInstanceOfSatisfying(
                            SystemCallException.class,
                            refused -> assertThat(refused.errno()).isEqualTo(Errno.EPERM));
        }
    }

    @Test
    void shouldMapAFileAndUnmapItWithItsArena() throws IOException {
        Path file = Files.writeString(directory.resolve("page"), "mapped");
        MemorySegment pages;

        try (Arena arena = Arena.ofConfined();
                Descriptor descriptor = Descriptor.open(file)) {
            pages = MemoryMap.readOnly(arena, descriptor.fd(), 0, Machine.pageSize());

            assertThat(pages.getString(0)).isEqualTo("mapped");
            assertThat(pages.isReadOnly()).isTrue();
        }
        assertThat(pages.scope().isAlive()).isFalse();
        assertThat(Files.readString(Path.of("/proc/self/maps"))).doesNotContain(file.toString());
    }

    @Test
    void shouldReportAMappingThatIsNotAllowed() throws IOException {
        Path file = Files.writeString(directory.resolve("page"), "mapped");

        try (Arena arena = Arena.ofConfined();
                Descriptor descriptor = Descriptor.open(file)) {
            assertThatThrownBy(() -> MemoryMap.readWrite(arena, descriptor.fd(), 0, 4096))
                    .isInstanceOf(SystemCallException.class)
                    .hasMessageStartingWith("mmap(fd ")
                    .hasMessageEndingWith("EACCES");
        }
    }

    @Test
    void shouldTellTheTimeOfTheKernelsClock() throws IOException {
        double uptime =
                Double.parseDouble(
                        Files.readString(Path.of("/proc/uptime")).replaceFirst(" .*\\s*$", ""));

        long first = KernelClock.monotonicNs();
        long second = KernelClock.monotonicNs();

        assertThat(second).isGreaterThanOrEqualTo(first);
        assertThat(first / 1e9).isBetween(uptime - 1, uptime + 60);
    }

    @Test
    void shouldKnowTheLengthOfAJiffy() {
        assertThat(KernelClock.jiffyNs()).isIn(1_000_000L, 3_333_333L, 4_000_000L, 10_000_000L);
    }

    @Test
    void shouldKnowTheMachine() throws IOException {
        long uid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");

        assertThat(Machine.pageSize())
                .isGreaterThanOrEqualTo(4096)
                .matches(n -> (n & (n - 1)) == 0);
        assertThat(Machine.configuredProcessors())
                .isGreaterThanOrEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(Machine.effectiveUserId()).isEqualTo(uid);
    }

    @Test
    void shouldFormatWhatCHandsOver() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment format = arena.allocateFrom("no arguments: 100%%");

            assertThat(CFormat.format(format, MemorySegment.NULL)).isEqualTo("no arguments: 100%");
        }
    }

    @Test
    void shouldFormatAMessageAsLongAsAVerifierLog() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment format = arena.allocate(2_000_001);
            format.asSlice(0, 2_000_000).fill((byte) 'x');

            assertThat(CFormat.format(format, MemorySegment.NULL)).isEqualTo("x".repeat(2_000_000));
        }
    }

    @Test
    void shouldNameAnUnknownErrorByItsNumber() {
        assertThat(new SystemCallException("frob", "", 999)).hasMessage("frob(): errno 999");
    }
}

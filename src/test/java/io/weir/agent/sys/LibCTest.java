package io.weir.agent.sys;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.testkit.CLayout;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The numbers and layouts written down in this package are this machine's. */
class LibCTest {
    private static final List<String> HEADERS =
            List.of(
                    "<errno.h>",
                    "<fcntl.h>",
                    "<stdarg.h>",
                    "<sys/epoll.h>",
                    "<sys/eventfd.h>",
                    "<sys/mman.h>",
                    "<time.h>",
                    "<unistd.h>");

    @Test
    void shouldLayOutEpollEventAsTheCompilerDoes() {
        CLayout.assertMatches(HEADERS, "struct epoll_event", Epoll.EVENT);
    }

    @Test
    void shouldPassTheHeadersConstants() {
        Map<String, Long> ours = new TreeMap<>();
        ours.put("O_RDONLY | O_CLOEXEC", (long) Descriptor.READ_ONLY_CLOEXEC);
        ours.put("EFD_CLOEXEC | EFD_NONBLOCK", (long) EventFd.CLOEXEC_NONBLOCK);
        ours.put("EPOLL_CLOEXEC", (long) Epoll.EPOLL_CLOEXEC);
        ours.put("EPOLL_CTL_ADD", (long) Epoll.EPOLL_CTL_ADD);
        ours.put("EPOLLIN", (long) Epoll.EPOLLIN);
        ours.put("PROT_READ", (long) MemoryMap.PROT_READ);
        ours.put("PROT_WRITE", (long) MemoryMap.PROT_WRITE);
        ours.put("MAP_SHARED", (long) MemoryMap.MAP_SHARED);
        ours.put("(long) MAP_FAILED", MemoryMap.MAP_FAILED);
        ours.put("CLOCK_MONOTONIC", (long) KernelClock.CLOCK_MONOTONIC);
        ours.put("CLOCK_MONOTONIC_COARSE", (long) KernelClock.CLOCK_MONOTONIC_COARSE);
        ours.put("_SC_PAGESIZE", (long) Machine.SC_PAGESIZE);
        ours.put("_SC_NPROCESSORS_CONF", (long) Machine.SC_NPROCESSORS_CONF);
        ours.put("sizeof(struct timespec)", 16L);
        ours.put("offsetof(struct timespec, tv_nsec)", 8L);
        ours.put("sizeof(size_t)", 8L);
        List<String> names = List.copyOf(ours.keySet());

        List<Long> theirs = CLayout.constants("constants_libc", HEADERS, names);

        for (int i = 0; i < names.size(); i++) {
            assertThat(ours.get(names.get(i))).as(names.get(i)).isEqualTo(theirs.get(i));
        }
    }

    @Test
    void shouldNameErrorsAsTheHeaderDoes() {
        List<String> names =
                IntStream.rangeClosed(1, 133)
                        .mapToObj(Errno::name)
                        .filter(name -> name.startsWith("E"))
                        .toList();

        List<Long> numbers = CLayout.constants("constants_errno", HEADERS, names);

        assertThat(names).hasSizeGreaterThan(50);
        for (int i = 0; i < names.size(); i++) {
            assertThat(Errno.name(Math.toIntExact(numbers.get(i)))).isEqualTo(names.get(i));
        }
    }
}

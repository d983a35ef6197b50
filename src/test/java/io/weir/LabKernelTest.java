package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("kernel")
class LabKernelTest {
    @Test
    void guestRunsTheKernelAskedFor() throws IOException {
        String release = Files.readString(Path.of("/proc/sys/kernel/osrelease"));

        assertThat(release).startsWith(System.getenv("WEIR_KERNEL") + ".");
    }

    @Test
    void kernelDescribesItsTypes() throws IOException {
        byte[] btf = Files.readAllBytes(Path.of("/sys/kernel/btf/vmlinux"));

        assertThat(btf).startsWith(0x9f, 0xeb);
    }

    @ParameterizedTest
    @CsvSource({
        "cgroup2, /sys/fs/cgroup",
        "bpf, /sys/fs/bpf",
        "tracefs, /sys/kernel/tracing",
        "debugfs, /sys/kernel/debug"
    })
    void fileSystemIsMounted(String type, String path) throws IOException {
        List<String> mounts = Files.readAllLines(Path.of("/proc/mounts"));

        assertThat(mounts).anyMatch(line -> line.contains(" " + path + " " + type + " "));
    }

    @Test
    void lockdownIsWhatWasAskedFor() throws IOException {
        String asked = System.getenv().getOrDefault("WEIR_LOCKDOWN", "none");

        String levels = Files.readString(Path.of("/sys/kernel/security/lockdown"));

        assertThat(levels).contains("[" + asked + "]");
    }

    @Test
    void distributionIsReachable() {
        assertThat(Path.of(System.getenv("WEIR_HOME"), "lib", "weir.jar")).isRegularFile();
    }
}

package io.weir.agent.bpf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the cgroup v2 hierarchy is mounted: alone, or beside v1 as {@code unified}. */
public final class CgroupRoot {
    private static final Path MOUNTS = Path.of("/proc/self/mounts");

    private CgroupRoot() {}

    /** Finds the mount point; null where cgroup v2 is not mounted. */
    public static Path find() {
        try {
            return Files.readAllLines(MOUNTS).stream()
                    .map(line -> line.split(" ", 4))
                    .filter(field -> field.length > 2 && field[2].equals("cgroup2"))
                    .map(field -> Path.of(field[1]))
                    .findFirst()
                    .orElse(null);
        } catch (IOException unreadable) {
            return null;
        }
    }
}

package io.weir.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rights of this process that matter here: {@code capabilities(7)}. */
final class Capabilities {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String EFFECTIVE = "CapEff:";
    private static final int HEX = 16;

    /** What it takes to load, attach and read: bit numbers of {@code linux/capability.h}. */
    private static final Map<String, Integer> NEEDED = new LinkedHashMap<>();

    static {
        NEEDED.put("CAP_BPF", 39);
        NEEDED.put("CAP_PERFMON", 38);
        NEEDED.put("CAP_NET_ADMIN", 12);
    }

    /** Holds on every kernel in place of the finer ones. */
    private static final int CAP_SYS_ADMIN = 21;

    private Capabilities() {}

    static List<String> held() {
        long effective = effective();
        List<String> held = new ArrayList<>();
        NEEDED.forEach((name, bit) -> addIf(has(effective, bit), held, name));
        addIf(has(effective, CAP_SYS_ADMIN), held, "CAP_SYS_ADMIN");
        return held;
    }

    static List<String> missing() {
        long effective = effective();
        List<String> missing = new ArrayList<>();
        NEEDED.forEach((name, bit) ->
                addIf(
                        !has(effective, bit) && !(has(effective, CAP_SYS_ADMIN) && bit > 37),
                        missing,
                        name));
        return missing;
    }

    private static void addIf(boolean condition, List<String> to, String name) {
        if (condition) {
            to.add(name);
        }
    }

    private static boolean has(long capabilities, int bit) {
        return (capabilities >>> bit & 1) == 1;
    }

    private static long effective() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(EFFECTIVE))
                    .map(line -> line.substring(EFFECTIVE.length()).strip())
                    .mapToLong(hex -> Long.parseUnsignedLong(hex, HEX))
                    .findFirst()
                    .orElse(0);
        } catch (IOException unreadable) {
            return 0;
        }
    }
}

package io.weir.agent.proc;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The container a process is in, by the names runtimes give to cgroups. */
final class ContainerId {
    private static final Pattern HEX_64 = Pattern.compile("(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])");

    private ContainerId() {}

    /**
     * The last id in a path, which is the innermost container's.
     *
     * @param cgroup contents of {@code /proc/PID/cgroup}
     * @return 64 hexadecimal digits; empty if there are none
     */
    static String of(String cgroup) {
        String last = "";
        Matcher ids = HEX_64.matcher(cgroup);
        while (ids.find()) {
            last = ids.group();
        }
        return last;
    }
}

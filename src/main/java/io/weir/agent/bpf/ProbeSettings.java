package io.weir.agent.bpf;

import io.weir.config.Hook;
import io.weir.config.Step;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What the kernel side is asked for.
 *
 * @param ringBytes size of the event ring: a power of two, at least one page
 * @param parkedEvents last reports that find room when the ring is full
 * @param maxConnections connections remembered where state is in a hash map
 * @param intervalMs a socket reports at most once in this time; 0 reports every call
 * @param allowed the steps each hook may take
 * @param cgroupRoot root of the cgroup v2 hierarchy, for sock_ops; null where there is none
 */
public record ProbeSettings(
        int ringBytes,
        int parkedEvents,
        int maxConnections,
        long intervalMs,
        Map<Hook, Set<Step>> allowed,
        Path cgroupRoot) {

    /** Any step for every hook. */
    public static Map<Hook, Set<Step>> anyStep() {
        return onlySteps(EnumSet.allOf(Step.class));
    }

    /** The same steps for every hook. */
    public static Map<Hook, Set<Step>> onlySteps(Set<Step> steps) {
        Map<Hook, Set<Step>> allowed = new EnumMap<>(Hook.class);
        for (Hook hook : Hook.values()) {
            allowed.put(hook, steps);
        }
        return allowed;
    }
}

package io.weir.agent;

import io.weir.agent.bpf.CgroupRoot;
import io.weir.agent.bpf.ProbeSettings;
import io.weir.config.AgentSettings;
import io.weir.config.Hook;
import io.weir.config.Step;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** What the settings mean for the kernel side. */
final class Probes {
    private Probes() {}

    static ProbeSettings settings(AgentSettings settings) {
        return new ProbeSettings(
                settings.ringBytes(),
                settings.parkedCloses(),
                settings.maxFlows(),
                settings.interval().toMillis(),
                allowed(settings),
                CgroupRoot.find());
    }

    private static Map<Hook, Set<Step>> allowed(AgentSettings settings) {
        Map<Hook, Set<Step>> allowed = new EnumMap<>(Hook.class);
        for (Hook hook : Hook.values()) {
            allowed.put(hook, EnumSet.copyOf(settings.steps().of(hook)));
        }
        return allowed;
    }
}

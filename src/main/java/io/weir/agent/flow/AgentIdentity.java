package io.weir.agent.flow;

import io.weir.record.Witnesses;
import java.util.Objects;

/**
 * Who makes the records.
 *
 * @param agentId the agent's name, by default its host's
 * @param bootId {@code /proc/sys/kernel/random/boot_id}
 * @param witnesses what tells it of connections
 */
public record AgentIdentity(String agentId, String bootId, Witnesses witnesses) {
    /** @throws NullPointerException naming the part which is missing */
    public AgentIdentity {
        Objects.requireNonNull(agentId, "agentId");
        Objects.requireNonNull(bootId, "bootId");
        Objects.requireNonNull(witnesses, "witnesses");
    }
}

package io.weir.record;

import java.util.Objects;

/**
 * Which agent says so, and what it could not say: how a consumer tells a quiet network from a blind
 * agent.
 *
 * @param agentId name of the agent, by default its host's
 * @param bootId {@code /proc/sys/kernel/random/boot_id}: cookies and pids repeat after a boot
 * @param witnesses what tells the agent of connections: with {@code DIAG} alone, short ones are missing
 * @param sequence of this agent since it started, from 1; a gap is a record given up
 * @param losses since the agent started
 */
public record Origin(
        String agentId, String bootId, Witnesses witnesses, long sequence, LossCounters losses) {
    /** @throws NullPointerException naming the part which is missing */
    public Origin {
        Objects.requireNonNull(agentId, "agentId");
        Objects.requireNonNull(bootId, "bootId");
        Objects.requireNonNull(witnesses, "witnesses");
        Objects.requireNonNull(losses, "losses");
    }
}

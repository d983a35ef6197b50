package io.weir.agent.check;

import java.util.List;
import java.util.Optional;

/**
 * Everything {@code weir check} found out.
 *
 * @param kernel what kind of kernel this is
 * @param hooks one entry per hook
 * @param obstacle why nothing can be measured, if so
 * @param remedies what the operator could do to see more, a sentence each
 */
public record CheckReport(
        KernelReport kernel,
        List<HookReport> hooks,
        Optional<Obstacle> obstacle,
        List<String> remedies) {
    /** Copies. */
    public CheckReport {
        hooks = List.copyOf(hooks);
        remedies = List.copyOf(remedies);
    }

    /** Full only if every hook's is; none if there is an obstacle or no hook sees anything. */
    public Coverage coverage() {
        if (obstacle.isPresent() || all(Coverage.NONE)) {
            return Coverage.NONE;
        }
        return all(Coverage.FULL) ? Coverage.FULL : Coverage.PARTIAL;
    }

    private boolean all(Coverage coverage) {
        return hooks.stream().allMatch(hook -> hook.coverage() == coverage);
    }
}

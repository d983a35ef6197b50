package io.weir.testkit;

import io.weir.agent.check.CheckReport;
import io.weir.agent.check.Coverage;
import io.weir.agent.check.HookReport;
import io.weir.agent.check.KernelReport;
import io.weir.agent.check.Obstacle;
import io.weir.agent.check.StepVerdict;
import io.weir.agent.check.Verdict;
import io.weir.config.Hook;
import io.weir.config.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reports of kernels one meets. */
public final class CheckReports {
    private static final String LOCKED = "the kernel is locked down: its memory may not be read";

    private CheckReports() {}

    public static CheckReport full() {
        return report(
                "none",
                Arrays.stream(Hook.values())
                        .map(hook ->
                                new HookReport(
                                        hook,
                                        List.of(yes(Step.FENTRY), yes(Step.KPROBE)),
                                        Optional.of(Step.FENTRY),
                                        Coverage.FULL,
                                        "everything"))
                        .toList(),
                Optional.empty());
    }

    public static CheckReport lockedDown() {
        List<StepVerdict> steps =
                List.of(no(Step.FENTRY, LOCKED), no(Step.KPROBE, LOCKED), yes(Step.TP_BTF));
        return report(
                "confidentiality",
                List.of(
                        new HookReport(
                                Hook.SEND,
                                steps,
                                Optional.of(Step.TP_BTF),
                                Coverage.FULL,
                                "every send"),
                        new HookReport(
                                Hook.ACCEPT,
                                List.of(
                                        no(Step.FENTRY, LOCKED),
                                        new StepVerdict(
                                                Step.SOCKOPS, Verdict.UNKNOWN, "no cgroup2")),
                                Optional.empty(),
                                Coverage.NONE,
                                "owner from the first send")),
                Optional.empty());
    }

    public static CheckReport blocked(Obstacle obstacle) {
        return report("unknown", List.of(), Optional.of(obstacle));
    }

    private static CheckReport report(
            String lockdown, List<HookReport> hooks, Optional<Obstacle> obstacle) {
        return new CheckReport(
                new KernelReport(
                        "6.1.0-40-amd64",
                        "x86_64",
                        Verdict.YES,
                        lockdown,
                        250,
                        "1.1.2",
                        List.of("CAP_BPF", "CAP_PERFMON"),
                        List.of("CAP_NET_ADMIN")),
                hooks,
                obstacle,
                List.of("Boot without lockdown to see more."));
    }

    private static StepVerdict yes(Step step) {
        return new StepVerdict(step, Verdict.YES, "");
    }

    private static StepVerdict no(Step step, String reason) {
        return new StepVerdict(step, Verdict.NO, reason);
    }
}

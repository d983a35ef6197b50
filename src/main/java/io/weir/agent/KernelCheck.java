package io.weir.agent;

import io.weir.agent.bpf.AttachPlan;
import io.weir.agent.bpf.AttachPlanner;
import io.weir.agent.bpf.BpfException;
import io.weir.agent.bpf.BpfObjects;
import io.weir.agent.bpf.Companion;
import io.weir.agent.bpf.KernelFeatures;
import io.weir.agent.bpf.TcpProbe;
import io.weir.agent.check.CheckReport;
import io.weir.agent.check.HookReport;
import io.weir.agent.check.KernelReport;
import io.weir.agent.check.Obstacle;
import io.weir.agent.check.StepVerdict;
import io.weir.agent.check.Verdict;
import io.weir.agent.sys.MissingLibraryException;
import io.weir.config.AgentSettings;
import io.weir.config.Hook;
import io.weir.config.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out what {@code weir check} says, by trying; leaves nothing attached. */
final class KernelCheck {
    private final AgentSettings settings;

    KernelCheck(AgentSettings settings) {
        this.settings = settings;
    }

    CheckReport report() {
        try (KernelFeatures kernel = KernelFeatures.read()) {
            return report(kernel);
        } catch (MissingLibraryException missing) {
            return nothing(Obstacle.MISSING_LIBRARY, missing.getMessage(), Verdict.UNKNOWN);
        } catch (BpfException.NotSupported unsupported) {
            return nothing(Obstacle.NOT_SUPPORTED, unsupported.getMessage(), Verdict.NO);
        }
    }

    private CheckReport report(KernelFeatures kernel) {
        byte[] elf = BpfObjects.tcpFlow();
        KernelReport about = about(kernel);
        try {
            Map<Hook, List<StepVerdict>> tried =
                    new AttachPlanner(elf, Probes.settings(settings), kernel).tryEveryStep();
            try (TcpProbe probe =
                    new AttachPlanner(elf, Probes.settings(settings), kernel).attach()) {
                return new CheckReport(
                        about,
                        hooks(tried, probe.plan()),
                        Optional.empty(),
                        remedies(about, probe.plan()));
            }
        } catch (BpfException.NotPermitted refused) {
            return new CheckReport(
                    about,
                    List.of(),
                    Optional.of(Obstacle.NOT_PERMITTED),
                    List.of(refused.getMessage()));
        } catch (BpfException.NotSupported unsupported) {
            return new CheckReport(
                    about,
                    List.of(),
                    Optional.of(Obstacle.NOT_SUPPORTED),
                    List.of(unsupported.getMessage()));
        }
    }

    private static KernelReport about(KernelFeatures kernel) {
        return new KernelReport(
                kernel.release(),
                System.getProperty("os.arch"),
                Verdict.YES,
                kernel.lockdown(),
                Math.toIntExact(kernel.hz()),
                kernel.libbpfVersion(),
                Capabilities.held(),
                Capabilities.missing());
    }

    private static CheckReport nothing(Obstacle obstacle, String why, Verdict btf) {
        KernelReport about =
                new KernelReport(
                        System.getProperty("os.version"),
                        System.getProperty("os.arch"),
                        btf,
                        "unknown",
                        0,
                        "",
                        Capabilities.held(),
                        Capabilities.missing());
        return new CheckReport(about, List.of(), Optional.of(obstacle), List.of(why));
    }

    private static List<HookReport> hooks(Map<Hook, List<StepVerdict>> tried, AttachPlan plan) {
        List<HookReport> hooks = new ArrayList<>();
        for (Hook hook : Hook.values()) {
            Step chosen = plan.steps().get(hook);
            hooks.add(
                    new HookReport(
                            hook,
                            tried.get(hook),
                            Optional.ofNullable(chosen),
                            HookCoverage.of(hook, chosen),
                            HookCoverage.meaning(hook, chosen, plan)));
        }
        return hooks;
    }

    private static List<String> remedies(KernelReport about, AttachPlan plan) {
        List<String> remedies = new ArrayList<>();
        if (plan.steps().values().stream().anyMatch(step -> step != Step.FENTRY)
                && about.lockdown().equals("confidentiality")) {
            remedies.add("Lockdown is on: booting with lockdown=integrity allows every step.");
        }
        if (!plan.has(Companion.SWEEP)) {
            remedies.add(
                    "No window sweep here (needs typed programs and Linux 5.12): bytes a"
                            + " connection moved just before falling silent show when it moves"
                            + " again or closes.");
        }
        if (!plan.sockOps() && !plan.has(Companion.STATE_WITNESS)) {
            remedies.add(
                    "No state witness here (needs the root of cgroup v2): an open or a close that"
                            + " happens while the kernel skips our programs on a busy processor"
                            + " is told late, and by its totals only.");
        }
        return remedies;
    }
}

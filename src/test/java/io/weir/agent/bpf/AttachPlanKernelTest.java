package io.weir.agent.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.agent.check.StepVerdict;
import io.weir.agent.check.Verdict;
import io.weir.config.Hook;
import io.weir.config.Step;
import io.weir.testkit.CCompiler;
import io.weir.testkit.HookTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernel")
class AttachPlanKernelTest {
    private static final boolean LOCKED = "confidentiality".equals(System.getenv("WEIR_LOCKDOWN"));

    @Test
    void shouldServeEveryHookByItsFirstStep() {
        try (ProbeHarness harness =
                ProbeHarness.attach(
                        ProbeHarness.object(), ProbeHarness.settings(ProbeSettings.anyStep()))) {
            AttachPlan plan = harness.probe().plan();

            for (Hook hook : Hook.values()) {
                Step step = plan.steps().get(hook);
                HookTable.add(hook.key(), step == null ? "none" : step.key(), "ok");
            }

            assertThat(plan.steps().keySet()).containsExactlyInAnyOrder(Hook.values());
            assertThat(plan.steps().values()).containsOnly(Step.FENTRY);
            assertThat(plan.companions())
                    .contains(Companion.STATE_WITNESS, Companion.STATE_TRACEPOINT);
            assertThat(plan.state() == StatePlace.SOCKET_STORAGE).isEqualTo(kernelAtLeast(5, 12));
            assertThat(plan.has(Companion.SWEEP)).isEqualTo(kernelAtLeast(5, 12));
        }
    }

    @Test
    void shouldKnowOfEveryStepWhetherItWorksHere() {
        try (KernelFeatures kernel = KernelFeatures.read()) {
            Map<Hook, List<StepVerdict>> tried =
                    new AttachPlanner(
                                    ProbeHarness.object(),
                                    ProbeHarness.settings(ProbeSettings.anyStep()),
                                    kernel)
                            .tryEveryStep();

            tried.forEach((hook, verdicts) ->
                    verdicts.forEach(verdict -> {
                        HookTable.add(
                                hook.key(),
                                "try " + verdict.step().key(),
                                verdict.verdict().name().toLowerCase(java.util.Locale.ROOT));
                        assertThat(verdict.verdict() == Verdict.YES)
                                .as("%s %s: %s", hook, verdict.step(), verdict.reason())
                                .isEqualTo(works(hook, verdict.step()));
                        assertThat(verdict.reason().isEmpty())
                                .isEqualTo(verdict.verdict() == Verdict.YES);
                    }));
        }
    }

    @Test
    void shouldTakeTheNextStepWhereAFunctionIsRenamed() {
        byte[] renamed =
                replace(
                        ProbeHarness.object(),
                        "fentry/tcp_cleanup_rbuf",
                        "fentry/tcp_cleanup_rbuX");

        try (ProbeHarness harness =
                ProbeHarness.attach(renamed, ProbeHarness.settings(ProbeSettings.anyStep()))) {
            AttachPlan plan = harness.probe().plan();

            assertThat(plan.steps().get(Hook.RECEIVE))
                    .isEqualTo(LOCKED || kernelAtLeast(5, 12) ? Step.TP_BTF : Step.KPROBE);
            assertThat(plan.verdicts().get(Hook.RECEIVE))
                    .anySatisfy(verdict -> {
                        assertThat(verdict.step()).isEqualTo(Step.FENTRY);
                        assertThat(verdict.verdict()).isEqualTo(Verdict.NO);
                        assertThat(verdict.reason()).contains("tcp_cleanup_rbuX");
                    });
        }
    }

    @Test
    void shouldRefuseAnObjectWhoseEventIsNotOurs() {
        byte[] foreign = replace(ProbeHarness.object(), "reordering_seen", "reordering_zeen");

        assertThatThrownBy(() ->
                        ProbeHarness.attach(foreign, ProbeHarness.settings(ProbeSettings.anyStep()))
                                .close())
                .isInstanceOf(BpfException.InvalidObject.class)
                .hasMessageContaining("reordering_zeen at");
    }

    @Test
    void shouldSayWhatTheVerifierSaid() throws IOException {
        byte[] broken = Files.readAllBytes(CCompiler.bpf(Path.of("src/test/bpf/broken.bpf.c")));

        try (BpfObject object = BpfObject.open(broken)) {
            object.enable("reads_beyond");

            assertThatThrownBy(object::load)
                    .isInstanceOf(BpfException.VerifierRejected.class)
                    .hasMessageContaining("reads_beyond")
                    .hasMessageContaining("invalid access to map value");
        }
    }

    private static boolean works(Hook hook, Step step) {
        return switch (step) {
            case FENTRY -> true;
            case KPROBE -> !LOCKED;
            case TP_BTF ->
                    switch (hook) {
                        case STATE, RECEIVE, RETRANSMIT -> true;
                        case SEND -> kernelAtLeast(6, 3);
                        case CONNECT, ACCEPT -> false;
                    };
            case SOCKOPS -> hook != Hook.CONNECT && hook != Hook.ACCEPT;
        };
    }

    private static boolean kernelAtLeast(int major, int minor) {
        String[] release = ProbeHarness.release().split("\\.", 3);
        int runs = Integer.parseInt(release[0]) * 1000 + Integer.parseInt(release[1]);
        return runs >= major * 1000 + minor;
    }

    /** The same bytes with one name in place of another of the same length. */
    static byte[] replace(byte[] image, String from, String to) {
        String text = new String(image, StandardCharsets.ISO_8859_1);
        assertThat(text).contains(from);
        return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
    }
}

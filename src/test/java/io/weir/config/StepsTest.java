package io.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class StepsTest {
    @Test
    void autoAllowsEveryStepForEveryHook() {
        Steps steps = parse("auto");

        assertThat(steps).isEqualTo(Steps.AUTO);
        assertThat(steps.of(Hook.SEND)).containsExactlyInAnyOrder(Step.values());
    }

    @Test
    void aListHoldsForEveryHook() {
        Steps steps = parse("tp-btf, kprobe,tp_btf");

        assertThat(steps.byHook().values())
                .allSatisfy(list ->
                        assertThat(list).containsExactlyInAnyOrder(Step.TP_BTF, Step.KPROBE));
        assertThat(steps.byHook()).hasSize(Hook.values().length);
    }

    @Test
    void aHookOfItsOwnLeavesTheOthersAlone() {
        Steps steps = parse("send=kprobe,send=tp_btf,state=auto,fentry");

        assertThat(steps.of(Hook.SEND)).containsExactlyInAnyOrder(Step.KPROBE, Step.TP_BTF);
        assertThat(steps.of(Hook.STATE)).containsExactlyInAnyOrder(Step.values());
        assertThat(steps.of(Hook.RECEIVE)).containsExactlyInAnyOrder(Step.FENTRY);
    }

    @Test
    void hooksWithoutAWordOfTheirOwnMayTryEverything() {
        assertThat(parse("send=kprobe").of(Hook.RECEIVE)).containsExactlyInAnyOrder(Step.values());
    }

    @Test
    void unknownWordsAreNamedWithTheKnown() {
        assertThatThrownBy(() -> parse("fentry,uprobe"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("--steps fentry,uprobe names no step (uprobe)")
                .extracting(e -> ((ConfigException) e).remedy())
                .asString()
                .contains("fentry kprobe tp_btf sockops")
                .contains("connect accept send receive state retransmit");
        assertThatThrownBy(() -> parse("sned=kprobe"))
                .hasMessage("--steps sned=kprobe names no hook (sned)");
        assertThatThrownBy(() -> parse("fentry,")).hasMessage("--steps fentry, names no step ()");
    }

    private static Steps parse(String text) {
        return Steps.parse(new Given(text, "--steps " + text));
    }
}

package io.weir.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.agent.check.CheckReport;
import io.weir.agent.check.Coverage;
import io.weir.agent.check.Obstacle;
import io.weir.testkit.CheckReports;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CheckTextTest {
    private static final CheckReport LOCKED = CheckReports.lockedDown();

    @Test
    void readsAsATable() {
        assertThat(new CheckText(false, 100).of(LOCKED))
                .isEqualTo(
                        """
                        Kernel
                          release       6.1.0-40-amd64 (x86_64)
                          BTF           yes
                          lockdown      confidentiality
                          timer         250 Hz
                          libbpf        1.1.2
                          capabilities  CAP_BPF CAP_PERFMON, missing CAP_NET_ADMIN

                        Hook                             fentry   kprobe   tp_btf   sockops  what is seen
                          send       tcp_sendmsg         no       no       [yes]    -        every send
                          accept     inet_csk_accept     no       -        -        unknown  owner from the first send

                        Why not
                          fentry, kprobe: the kernel is locked down: its memory may not be read
                          sockops: no cgroup2

                        Partial coverage: not every hook sees everything.
                        Boot without lockdown to see more.
                        """);
    }

    @Test
    void coloursChangeNothingElse() {
        String coloured = new CheckText(true, 100).of(LOCKED);

        assertThat(coloured).contains("\u001b[1;32m[yes]");
        assertThat(coloured.replaceAll("\u001b\\[[\\d;]*m", ""))
                .isEqualTo(new CheckText(false, 100).of(LOCKED));
    }

    @Test
    void reasonsAreWrappedAtTheTerminalsWidth() {
        List<String> reasons =
                new CheckText(false, 60)
                        .of(LOCKED)
                        .lines()
                        .dropWhile(line -> !line.equals("Why not"))
                        .toList();

        assertThat(reasons).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(60));
        assertThat(reasons)
                .contains(
                        "  fentry, kprobe: the kernel is locked down: its memory may",
                        "    not be read");
    }

    @Test
    void whereNothingCanBeMeasuredItSaysWhatToDo() {
        assertThat(new CheckText(false, 100).of(CheckReports.blocked(Obstacle.NOT_PERMITTED)))
                .doesNotContain("Hook")
                .endsWith(
                        """

                        Poll only: no kernel events can be had here.
                        Boot without lockdown to see more.
                        weir agent --hooks off polls sockets alone, and misses connections that live between two polls; weir
                        check --live --hooks off estimates how many.
                        """);
    }

    @Test
    void whereTheKernelHasNoEventsTheAgentPollsByItself() {
        assertThat(new CheckText(false, 100).of(CheckReports.blocked(Obstacle.NOT_SUPPORTED)))
                .contains("weir agent polls sockets alone")
                .doesNotContain("--hooks off");
    }

    @Test
    void coverageIsThatOfTheLeastHook() {
        assertThat(CheckReports.full().coverage()).isEqualTo(Coverage.FULL);
        assertThat(LOCKED.coverage()).isEqualTo(Coverage.PARTIAL);
        assertThat(CheckReports.blocked(Obstacle.NOT_PERMITTED).coverage())
                .isEqualTo(Coverage.NONE);
    }

    @Test
    void saysWhyAnEarlierStepWasNotChosen() {
        assertThat(LOCKED.hooks().getFirst().why())
                .isEqualTo(
                        "fentry: the kernel is locked down: its memory may not be read; kprobe: the"
                                + " kernel is locked down: its memory may not be read");
        assertThat(CheckReports.full().hooks().getFirst().why()).isEmpty();
    }

    @Test
    void jsonCarriesTheSame() throws IOException {
        JsonNode json = new ObjectMapper().readTree(CheckJson.of(LOCKED));

        assertThat(json.at("/coverage").asText()).isEqualTo("PARTIAL");
        assertThat(json.at("/obstacle").isNull()).isTrue();
        assertThat(json.at("/kernel/lockdown").asText()).isEqualTo("confidentiality");
        assertThat(json.at("/kernel/hz").asInt()).isEqualTo(250);
        assertThat(json.at("/kernel/missingCapabilities/0").asText()).isEqualTo("CAP_NET_ADMIN");
        assertThat(json.at("/hooks/0/hook").asText()).isEqualTo("send");
        assertThat(json.at("/hooks/0/chosen").asText()).isEqualTo("tp_btf");
        assertThat(json.at("/hooks/0/steps/0/verdict").asText()).isEqualTo("NO");
        assertThat(json.at("/hooks/1/chosen").isNull()).isTrue();
        assertThat(json.at("/hooks/1/steps/1/reason").asText()).isEqualTo("no cgroup2");
        assertThat(json.at("/remedies/0").asText()).startsWith("Boot without lockdown");
    }
}

package io.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The generator across namespaces: its self-check passes, and nothing stays behind. */
class NetnsPairIT {
    @BeforeEach
    void needsRoot() {
        Privilege.assumeRoot();
    }

    @Test
    void carriesTrafficAndLeavesNothing() throws IOException, InterruptedException {
        try (NetnsPair pair = NetnsPair.open()) {
            List<Truth> truths = Traffic.play("netns", pair.options(NetnsPair.SERVER_V6));

            assertThat(truths)
                    .extracting(truth -> truth.serverEnd().address())
                    .containsOnly(NetnsPair.SERVER_V6);
        }
        assertThat(Commands.run(List.of("ip", "netns", "list")).output())
                .doesNotContain("weir" + ProcessHandle.current().pid());
    }

    @Test
    void losesSegmentsAndNoBytes() throws IOException, InterruptedException {
        try (NetnsPair pair = NetnsPair.open()) {
            pair.lose(1, 5);

            List<Truth> truths = Traffic.play("loss", pair.options(NetnsPair.SERVER_V4));

            assertThat(truths).singleElement().extracting(Truth::client).isNotEqualTo(Tally.NONE);
        }
    }
}

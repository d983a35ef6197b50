package io.weir.agent.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowIndexTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldFindWhatAMapFinds(long seed) {
        Random random = new Random(seed);
        FlowIndex index = new FlowIndex();
        Map<List<Long>, Flow> model = new HashMap<>();
        for (int step = 0; step < 50_000; step++) {
            Flow flow = new Flow();
            flow.netns = random.nextInt(2);
            flow.cookie = random.nextInt(2_000);
            flow.openNs = random.nextInt(2);
            List<Long> key = List.of(flow.netns, flow.cookie, flow.openNs);
            long hash = Keys.hash(flow.netns, flow.cookie);

            Flow found = index.find(hash, flow.netns, flow.cookie, flow.openNs);

            assertThat(found).isSameAs(model.get(key));
            if (found == null) {
                index.add(hash, flow);
                model.put(key, flow);
            } else if (random.nextBoolean()) {
                index.remove(found);
                model.remove(key);
            }
            assertThat(index.size()).isEqualTo(model.size());
        }
        for (Flow flow : new ArrayList<>(model.values())) {
            index.remove(flow);
        }
        assertThat(index.size()).isZero();
    }
}

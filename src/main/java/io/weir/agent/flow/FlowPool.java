package io.weir.agent.flow;

import java.util.Arrays;

/** Flows to be used again: as many as were ever held at a time. Flow thread. */
final class FlowPool {
    private Flow[] free = new Flow[256];
    private int size;

    Flow take() {
        return size == 0 ? new Flow() : free[--size];
    }

    void give(Flow flow) {
        if (size == free.length) {
            free = Arrays.copyOf(free, 2 * size);
        }
        free[size++] = flow;
    }
}

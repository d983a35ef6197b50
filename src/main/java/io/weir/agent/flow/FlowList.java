package io.weir.agent.flow;

/** Flows in the order they came; a flow is in one list at most, and leaves it in one step. */
final class FlowList {
    private Flow first;
    private Flow last;
    private int size;

    Flow first() {
        return first;
    }

    int size() {
        return size;
    }

    void add(Flow flow) {
        if (flow.list != null) {
            flow.list.remove(flow);
        }
        flow.list = this;
        flow.previous = last;
        flow.next = null;
        if (last == null) {
            first = flow;
        } else {
            last.next = flow;
        }
        last = flow;
        size++;
    }

    void remove(Flow flow) {
        if (flow.previous == null) {
            first = flow.next;
        } else {
            flow.previous.next = flow.next;
        }
        if (flow.next == null) {
            last = flow.previous;
        } else {
            flow.next.previous = flow.previous;
        }
        flow.previous = null;
        flow.next = null;
        flow.list = null;
        size--;
    }
}

package io.weir.agent.bpf.ring;

import org.junit.jupiter.api.Tag;

@Tag("kernel")
class RingBufferKernelTest extends RingBufferScenarios {}

package io.weir;

import org.junit.jupiter.api.Tag;

@Tag("kernel")
class SocketsKernelTest extends SocketsContract {}

package io.weir;

/** On the kernel this build runs on. */
class SocketsNativeIT extends SocketsContract {}

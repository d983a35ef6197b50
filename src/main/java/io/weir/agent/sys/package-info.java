/**
 * The system calls Weir makes itself: waiting for descriptors, mapping kernel memory, clocks, and
 * finding native libraries. Every failed call becomes a {@link io.weir.agent.sys.SystemCallException}
 * that names the call, its arguments and errno.
 *
 * <p>Thread: each object belongs to the thread that uses it unless its class says otherwise. Memory:
 * the caller's arena, or one the object opens and closes itself. Touches nothing but {@code java.*};
 * native.
 */
package io.weir.agent.sys;

/**
 * What tests share: traffic that knows its truth, the agent as a process, namespaces, events written
 * by hand, and the launcher of the kernel tests.
 *
 * <p>Used by tests only; may touch everything.
 */
package io.weir.testkit;

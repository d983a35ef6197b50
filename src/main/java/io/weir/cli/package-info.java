/**
 * The command line: what an operator types, what they read, and how a command ends.
 *
 * <p>The main thread, and the shutdown hook's for signals. Owns the sinks it makes until a runner
 * takes them over. May touch {@code agent}, {@code agent.check}, {@code agent.sink}, {@code
 * agent.bpf} and {@code agent.sys} for their exceptions, {@code agent.netlink}, {@code record},
 * {@code net}, {@code config} and {@code log}; the only room that knows picocli.
 */
package io.weir.cli;

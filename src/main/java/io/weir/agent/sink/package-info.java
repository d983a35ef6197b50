/**
 * Where finished records leave the agent.
 *
 * <p>Sinks are called by the flow thread and never block it. May touch {@code io.weir.record}, {@code io.weir.net},
 * {@code io.weir.metrics} and {@code io.weir.config}.
 */
package io.weir.agent.sink;

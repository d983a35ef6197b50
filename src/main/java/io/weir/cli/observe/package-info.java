/**
 * What {@code weir observe} adds to the agent: which records to show, and a summary at the end.
 *
 * <p>The flow thread filters and counts; the main thread reads the summary after the agent has
 * returned. May touch {@code agent}, {@code agent.sink}, {@code record}, {@code net} and {@code
 * config}.
 */
package io.weir.cli.observe;

/**
 * What this kernel allows, what the agent would see, and what it saw: the answers of {@code weir
 * check}.
 *
 * <p>Any thread; immutable values on the heap. May touch {@code config}.
 */
package io.weir.agent.check;

/**
 * What this kernel allows and what the agent would see: the answer of {@code weir check}.
 *
 * <p>Any thread; immutable values on the heap. May touch {@code config}.
 */
package io.weir.agent.check;

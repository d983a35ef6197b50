/**
 * {@code weir check}'s answer as text and as JSON.
 *
 * <p>The main thread; owns nothing. May touch {@code agent.check} and {@code config}.
 */
package io.weir.cli.check;

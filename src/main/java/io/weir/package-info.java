/**
 * Where the process begins and ends.
 *
 * <p>The main thread and the shutdown hook's. May touch {@code cli} and {@code agent}; nothing
 * touches it.
 */
package io.weir;

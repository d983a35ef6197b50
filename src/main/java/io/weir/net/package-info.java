/**
 * Addresses and endpoints as values.
 *
 * <p>Any thread; immutable. May touch nothing but {@code java.*}.
 */
package io.weir.net;

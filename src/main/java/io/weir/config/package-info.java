/**
 * What the operator may set: read once from flags, environment and file, validated, immutable.
 *
 * <p>Any thread; immutable values on the heap, owned by whoever holds them. May touch nothing but
 * {@code java.*}; in particular nothing here knows the command-line library.
 */
package io.weir.config;

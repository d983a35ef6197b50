/**
 * What {@code weir decode} does with captured netlink traffic.
 *
 * <p>The main thread. Owns the copy it makes of what cannot be read twice. May touch what {@code
 * cli} may.
 */
package io.weir.cli.decode;

/**
 * Sockets as people and programs read them: what {@code weir sockets} and {@code weir decode} print.
 *
 * <p>The main thread. Owns the text it has not written yet. May touch what {@code cli} may.
 */
package io.weir.cli.sockets;

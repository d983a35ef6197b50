/**
 * Captured netlink traffic in files: read in one go from front to back, and written.
 *
 * <p>One thread. A reader owns the buffer its packets lie in, and no stream. May touch what {@code
 * agent.netlink} may.
 */
package io.weir.agent.netlink.capture;

/**
 * What the kernel answers when it is asked about its sockets, over {@code NETLINK_SOCK_DIAG}.
 *
 * <p>Views read in place, belong to one thread, own no memory and allocate nothing; they are valid
 * as long as the bytes they were pointed at are. Numbers are in this machine's byte order, which is
 * little-endian wherever Weir runs; addresses and ports are in network order.
 *
 * <p>Asking is the job of one platform thread, which enters every network namespace in turn; it owns
 * the buffer that answers come in. May touch {@code agent.sys}, {@code agent.proc}, {@code
 * agent.event}, {@code net} and {@code metrics}.
 */
package io.weir.agent.netlink;

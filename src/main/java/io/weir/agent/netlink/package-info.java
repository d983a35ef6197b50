/**
 * What the kernel answers when it is asked about its sockets, over {@code NETLINK_SOCK_DIAG}.
 *
 * <p>Views belong to one thread and allocate nothing. {@code MessageWalker} reads in place; {@code
 * SocketView} keeps a copy of its message, and is valid until it takes over the next. Numbers are in
 * this machine's byte order, which is little-endian wherever Weir runs; addresses and ports are in
 * network order.
 *
 * <p>Asking is the job of one platform thread, which enters every network namespace in turn; it owns
 * the buffer that answers come in. May touch {@code agent.sys}, {@code agent.proc}, {@code
 * agent.event}, {@code net} and {@code metrics}.
 */
package io.weir.agent.netlink;

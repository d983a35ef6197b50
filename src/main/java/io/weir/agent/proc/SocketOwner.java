package io.weir.agent.proc;

/**
 * The process that has a socket open; of several, the one with the lowest id.
 *
 * @param pid in the namespace of the reader
 * @param comm its name, up to 15 characters, chosen by itself
 * @param container id of its container, 64 hexadecimal digits; empty if it is in none
 */
public record SocketOwner(long pid, String comm, String container) {}

package io.weir.agent.bpf;

/** Where the programs keep what they remember of a connection. */
public enum StatePlace {
    /** In the socket: freed with it, found without a search. Needs typed programs and Linux 5.12. */
    SOCKET_STORAGE,
    /** In a hash map keyed by socket cookie. */
    HASH_MAP
}

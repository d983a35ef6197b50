package io.weir.agent.proc;

import java.util.List;

/**
 * The network namespaces of a moment.
 *
 * @param namespaces each once, in no particular order
 * @param hiddenProcesses processes whose namespace may not be read, for lack of CAP_SYS_PTRACE; it may
 *     be one of those found or another
 * @param hiddenSample a few of their ids
 */
public record NamespaceList(
        List<NetworkNamespace> namespaces, int hiddenProcesses, List<Long> hiddenSample) {
    /** Copies. */
    public NamespaceList {
        namespaces = List.copyOf(namespaces);
        hiddenSample = List.copyOf(hiddenSample);
    }
}

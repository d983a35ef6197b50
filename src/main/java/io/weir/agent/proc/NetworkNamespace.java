package io.weir.agent.proc;

import java.nio.file.Path;
import java.util.List;

/**
 * A network namespace as it was found: by now it may be gone.
 *
 * @param inode its identity, as in {@code net:[4026531840]}
 * @param name its name in {@code /run/netns} or {@code /run/docker/netns}; empty if it has none
 * @param ways files that lead into it, the most lasting first; never empty
 */
public record NetworkNamespace(long inode, String name, List<Path> ways) {
    /** Copies. */
    public NetworkNamespace {
        ways = List.copyOf(ways);
    }
}

package io.weir.agent.check;

import java.util.List;

/**
 * What kind of kernel and privileges this is.
 *
 * @param release as {@code uname -r} says it
 * @param architecture such as {@code x86_64}
 * @param btf whether the kernel describes its types
 * @param lockdown {@code none}, {@code integrity}, {@code confidentiality}, or {@code unknown}
 * @param hz timer ticks per second, 0 if unknown
 * @param libbpf its version, empty if it is not installed
 * @param capabilities those the process has and the agent uses, such as {@code CAP_BPF}
 * @param missingCapabilities those it would need and lacks
 */
public record KernelReport(
        String release,
        String architecture,
        Verdict btf,
        String lockdown,
        int hz,
        String libbpf,
        List<String> capabilities,
        List<String> missingCapabilities) {
    /** Copies. */
    public KernelReport {
        capabilities = List.copyOf(capabilities);
        missingCapabilities = List.copyOf(missingCapabilities);
    }
}

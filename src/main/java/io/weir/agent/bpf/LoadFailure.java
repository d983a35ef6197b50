package io.weir.agent.bpf;

import io.weir.agent.sys.Errno;
import io.weir.agent.sys.SystemCallException;

/** Gives a refused load its name, from the error number and what libbpf printed. */
final class LoadFailure {
    private static final int MAX_LOG_LINE = 300;

    private LoadFailure() {}

    static RuntimeException of(int errno, String log) {
        VerifierLog blamed = VerifierLog.parse(log);
        if (blamed != null) {
            String why = blamed.telling();
            if (why.isEmpty()) {
                why = Errno.name(errno) + (errno == Errno.EPERM ? ", by lockdown or policy" : "");
            }
            return new BpfException.VerifierRejected(blamed.program(), why, log);
        }
        if (log.contains("kernel BTF is missing")
                || log.contains("failed to find valid kernel BTF")) {
            return new BpfException.NotSupported(
                    "this kernel has no BTF type information (CONFIG_DEBUG_INFO_BTF,"
                            + " /sys/kernel/btf/vmlinux)",
                    "5.10 with BTF");
        }
        if (errno == Errno.EPERM || errno == Errno.EACCES) {
            return new BpfException.NotPermitted(
                    "the kernel does not let this process load BPF programs: run as root, or with"
                            + " CAP_BPF, CAP_PERFMON, CAP_NET_ADMIN and CAP_SYS_ADMIN");
        }
        return new SystemCallException("bpf_object__load", lastLine(log), errno);
    }

    private static String lastLine(String log) {
        String last = log.lines().filter(line -> !line.isBlank()).reduce("", (a, b) -> b).strip();
        return last.length() > MAX_LOG_LINE ? last.substring(0, MAX_LOG_LINE) : last;
    }
}

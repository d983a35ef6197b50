package io.weir.agent.proc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many TCP sockets the calling thread's network namespace has, by the kernel's own count: {@code
 * net/ipv4/proc.c:sockstat_seq_show}. Some µs, where a dump walks a table that all namespaces share.
 */
public final class TcpUse {
    private static final Pattern V4 = Pattern.compile("(?m)^TCP: inuse (\\d+) .*\\btw (\\d+)\\b");
    private static final Pattern V6 = Pattern.compile("(?m)^TCP6: inuse (\\d+)");

    private final Path directory;

    /** @param directory such as {@code /proc/thread-self/net} */
    public TcpUse(Path directory) {
        this.directory = directory;
    }

    /** Of the calling thread. */
    public static TcpUse ofThisThread() {
        return new TcpUse(Path.of("/proc/thread-self/net"));
    }

    /**
     * Whether there certainly is no listener, no connection and nothing in TIME_WAIT; false also where
     * the kernel does not say.
     */
    public boolean isNone() {
        try {
            Matcher v4 = V4.matcher(Files.readString(directory.resolve("sockstat")));
            if (!v4.find() || !isZero(v4.group(1)) || !isZero(v4.group(2))) {
                return false;
            }
            Path six = directory.resolve("sockstat6");
            Matcher v6 = V6.matcher(Files.exists(six) ? Files.readString(six) : "TCP6: inuse 0");
            return v6.find() && isZero(v6.group(1));
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static boolean isZero(String digits) {
        return digits.equals("0");
    }
}

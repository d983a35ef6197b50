package io.weir.agent.bpf;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what libbpf printed on a failed load: which program, which error, and the lines that tell
 * why. Immutable; any thread.
 */
record VerifierLog(String program, int errno, String telling, String whole) {
    private static final Pattern FAILED =
            Pattern.compile(
                    "prog '([^']+)': failed to (?:load|prepare load attributes|find|guess).*?(-?\\d+)?$",
                    Pattern.MULTILINE);
    private static final Pattern BTF_TARGET =
            Pattern.compile("prog '([^']+)': failed to find kernel BTF type ID of '([^']+)'");
    private static final Pattern NOISE =
            Pattern.compile(
                    "^(processed \\d+ insns.*|-- END PROG LOAD LOG --.*|libbpf: .*|;.*|\\s*|\\d+: .*|.*-- BEGIN PROG LOAD LOG --)$");

    /** From here on a kernel since 7.3 explains the lines before it at length. */
    private static final String EXPLANATION = "Verification failed:";

    private static final int TELLING_LINES = 3;

    /** Finds the program to blame, null where there is none. */
    static VerifierLog parse(String log) {
        Matcher target = BTF_TARGET.matcher(log);
        if (target.find()) {
            return new VerifierLog(
                    target.group(1), 3, "the kernel's BTF has no " + target.group(2), log);
        }
        Matcher failed = FAILED.matcher(log);
        if (!failed.find()) {
            return null;
        }
        int errno = failed.group(2) == null ? 0 : Math.abs(Integer.parseInt(failed.group(2)));
        return new VerifierLog(failed.group(1), errno, telling(log), log);
    }

    private static String telling(String log) {
        List<String> lines =
                log.lines()
                        .takeWhile(line -> !line.startsWith(EXPLANATION))
                        .map(String::strip)
                        .filter(l -> !NOISE.matcher(l).matches())
                        .toList();
        int from = Math.max(0, lines.size() - TELLING_LINES);
        return String.join("; ", lines.subList(from, lines.size()));
    }
}

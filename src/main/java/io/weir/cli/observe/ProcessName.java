package io.weir.cli.observe;

import io.weir.config.Given;
import io.weir.record.Owner;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A process by its id, or by its name with {@code *} for anything. */
public final class ProcessName {
    /** The kernel keeps this much of a name: {@code include/linux/sched.h:TASK_COMM_LEN}. */
    private static final int MAX_NAME = 15;

    private final String text;
    private final Pattern name;

    private ProcessName(String text, Pattern name) {
        this.text = text;
        this.name = name;
    }

    /** Reads {@code 4711}, {@code nginx} or {@code postgres*}. */
    public static ProcessName parse(Given given) {
        String text = given.text();
        if (text.isEmpty()) {
            throw given.refused("names no process", "Use a name, such as nginx, or a process id");
        }
        String known = text.length() > MAX_NAME ? text.substring(0, MAX_NAME) : text;
        String pattern =
                known.chars()
                        .mapToObj(c -> c == '*' ? ".*" : Pattern.quote(Character.toString(c)))
                        .collect(Collectors.joining());
        return new ProcessName(text, Pattern.compile(pattern, Pattern.DOTALL));
    }

    /** Whether this is the process. */
    public boolean matches(Owner owner) {
        return text.equals(Long.toString(owner.pid())) || name.matcher(owner.comm()).matches();
    }
}

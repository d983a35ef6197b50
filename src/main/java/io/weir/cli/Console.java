package io.weir.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Everything a command has from its surroundings.
 *
 * @param out for records: unbuffered, so that a broken pipe is noticed at once
 * @param err for words to the person, a line at a time
 * @param environment variables
 * @param terminal what {@code out} is
 */
public record Console(
        OutputStream out, PrintStream err, Map<String, String> environment, Terminal terminal) {
    /** This process's. */
    public static Console current() {
        return new Console(
                new FileOutputStream(FileDescriptor.out),
                new PrintStream(
                        new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                System.getenv(),
                Terminal.current());
    }

    /** Says one line on stderr, starting with {@code weir: }. */
    void notice(String line) {
        err.println("weir: " + line);
    }
}

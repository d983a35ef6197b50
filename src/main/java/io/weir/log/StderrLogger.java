package io.weir.log;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.function.Supplier;

/** One logger: {@code weir: warning: message}; more detail once debug messages are wanted. */
final class StderrLogger implements System.Logger {
    private final String name;
    private final Supplier<Level> threshold;
    private final PrintStream out;

    StderrLogger(String name, Supplier<Level> threshold, PrintStream out) {
        this.name = name;
        this.threshold = threshold;
        this.out = out;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public boolean isLoggable(Level level) {
        Level least = threshold.get();
        return least != Level.OFF
                && level != Level.OFF
                && level.getSeverity() >= least.getSeverity();
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
        if (isLoggable(level)) {
            write(level, message, thrown);
        }
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... arguments) {
        if (isLoggable(level)) {
            boolean plain = arguments == null || arguments.length == 0;
            write(level, plain ? format : MessageFormat.format(format, arguments), null);
        }
    }

    private void write(Level level, String message, Throwable thrown) {
        StringBuilder line = new StringBuilder("weir: ").append(label(level)).append(": ");
        if (isLoggable(Level.DEBUG)) {
            line.append('[').append(Thread.currentThread().getName()).append("] ");
            line.append(name.startsWith("io.weir.") ? name.substring("io.weir.".length()) : name);
            line.append(": ");
        }
        line.append(String.valueOf(message).strip().replaceAll("\\s*\\R\\s*", "; "));
        if (thrown != null) {
            line.append(isLoggable(Level.DEBUG) ? "\n" + trace(thrown) : " (" + thrown + ")");
        }
        out.println(line);
    }

    private static String label(Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }

    private static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString().stripTrailing();
    }
}

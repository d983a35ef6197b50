package io.weir.cli;

import io.weir.agent.sink.stdout.Look;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where standard output goes, and what can be shown there. Any thread. */
public final class Terminal {
    private static final int USUAL_WIDTH = 120;
    private static final int FILE_WIDTH = 160;
    private static final int LEAST_WIDTH = 80;

    private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("\\d+ (\\d+)\\s*");

    private final Map<String, String> environment;
    private final boolean interactive;

    /**
     * @param environment for COLUMNS, NO_COLOR, TERM and the locale
     * @param interactive whether standard output is a terminal
     */
    public Terminal(Map<String, String> environment, boolean interactive) {
        this.environment = Map.copyOf(environment);
        this.interactive = interactive;
    }

    /** This process's. */
    public static Terminal current() {
        return new Terminal(System.getenv(), isTerminal(Path.of("/proc/self/fd/1")));
    }

    /** Asks the kernel what the descriptor is; {@code System.console()} would load a lot more. */
    private static boolean isTerminal(Path descriptor) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.matches("/dev/(pts/\\d+|tty\\w*|console)");
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether a person is looking. */
    public boolean isInteractive() {
        return interactive;
    }

    /** Whether to colour: on a terminal that can, unless NO_COLOR asks not to. */
    public boolean colours() {
        return interactive && get("NO_COLOR").isEmpty() && !get("TERM").equals("dumb");
    }

    /** What records can look like here; a file is cut to a width only if COLUMNS asks for one. */
    public Look look() {
        return new Look(colours(), unicode(), interactive || number(get("COLUMNS")) > 0);
    }

    private boolean unicode() {
        String locale =
                Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                        .map(this::get)
                        .filter(value -> !value.isEmpty())
                        .findFirst()
                        .orElse("UTF-8");
        return locale.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8");
    }

    /** Columns: COLUMNS, else the terminal's own, else a usual one. */
    public int width() {
        int columns = number(get("COLUMNS"));
        if (columns == 0 && interactive) {
            columns = measured();
        }
        int usual = interactive ? USUAL_WIDTH : FILE_WIDTH;
        return columns == 0 ? usual : Math.max(columns, LEAST_WIDTH);
    }

    /** Asks stty, which asks the controlling terminal; 0 if there is none. */
    private static int measured() {
        try {
            Process stty =
                    new ProcessBuilder("stty", "size")
                            .redirectInput(new File("/dev/tty"))
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!stty.waitFor(500, TimeUnit.MILLISECONDS)) {
                stty.destroy();
                return 0;
            }
            byte[] answer = stty.getInputStream().readAllBytes();
            Matcher rowsAndColumns =
                    ROWS_AND_COLUMNS.matcher(new String(answer, StandardCharsets.US_ASCII));
            return rowsAndColumns.matches() ? number(rowsAndColumns.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private static int number(String text) {
        return text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
    }

    private String get(String variable) {
        return environment.getOrDefault(variable, "");
    }
}

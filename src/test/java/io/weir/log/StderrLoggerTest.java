package io.weir.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class StderrLoggerTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Level threshold = Level.WARNING;
    private final StderrLogger logger =
            new StderrLogger(
                    "io.weir.agent.Thing",
                    () -> threshold,
                    new PrintStream(err, true, StandardCharsets.UTF_8));

    @Test
    void aMessageIsOneLine() {
        logger.log(Level.WARNING, "ring {0} full,\n  {1} times", "a", 3);

        assertThat(err()).isEqualTo("weir: warning: ring a full,; 3 times\n");
    }

    @Test
    void isQuietBelowItsLevel() {
        logger.log(Level.INFO, "hello");
        threshold = Level.OFF;
        logger.log(Level.ERROR, "hello");

        assertThat(err()).isEmpty();
    }

    @Test
    void aMessageWithoutArgumentsIsTakenAsItIs() {
        logger.log(Level.ERROR, "it's {0}");

        assertThat(err()).isEqualTo("weir: error: it's {0}\n");
    }

    @Test
    void anExceptionIsNamedAndTracedOnlyWhenDebugging() {
        logger.log(Level.ERROR, "failed", new IllegalStateException("why"));
        assertThat(err()).isEqualTo("weir: error: failed (java.lang.IllegalStateException: why)\n");

        threshold = Level.DEBUG;
        logger.log(Level.ERROR, "failed", new IllegalStateException("why"));
        assertThat(err())
                .contains(
                        "weir: error: ["
                                + Thread.currentThread().getName()
                                + "] agent.Thing: failed\n")
                .contains("\tat io.weir.log.StderrLoggerTest");
    }

    @Test
    void isWhatThePlatformUses() {
        assertThat(System.LoggerFinder.getLoggerFinder()).isInstanceOf(StderrLoggerFinder.class);
        assertThat(System.getLogger("io.weir.any"))
                .hasToString(System.getLogger("io.weir.any").toString());
        assertThat(System.getLogger("io.weir.any").isLoggable(Level.WARNING)).isTrue();
        assertThat(System.getLogger("io.weir.any").isLoggable(Level.INFO)).isFalse();
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}

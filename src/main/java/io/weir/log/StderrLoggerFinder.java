package io.weir.log;

import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes {@code System.getLogger} write {@code weir: warning: …} to stderr. Found by the platform
 * through {@code META-INF/services}; keeps {@code java.util.logging} from being loaded at all.
 */
public final class StderrLoggerFinder extends System.LoggerFinder {
    private final Map<String, System.Logger> loggers = new ConcurrentHashMap<>();
    private volatile System.Logger.Level level = System.Logger.Level.WARNING;

    /** Called by the platform. */
    public StderrLoggerFinder() {}

    /** The finder the platform uses, if it is this one. */
    public static void setLevel(System.Logger.Level level) {
        if (System.LoggerFinder.getLoggerFinder() instanceof StderrLoggerFinder finder) {
            finder.level = level;
        }
    }

    @Override
    public System.Logger getLogger(String name, Module module) {
        return loggers.computeIfAbsent(name, key -> new StderrLogger(key, this::level, err()));
    }

    private System.Logger.Level level() {
        return level;
    }

    private static PrintStream err() {
        return System.err;
    }
}

package io.weir.config;

/** How much is said on stderr beside errors that end the command. */
public enum LogLevel {
    OFF,
    ERROR,
    WARNING,
    INFO,
    DEBUG;

    /** The platform's level of the same severity. */
    public System.Logger.Level systemLevel() {
        return System.Logger.Level.valueOf(name());
    }
}

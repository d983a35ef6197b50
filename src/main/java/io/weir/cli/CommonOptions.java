package io.weir.cli;

import picocli.CommandLine.Option;

/** What every command understands. Filled in by picocli. */
final class CommonOptions {
    static final String DEBUG = "--debug";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version and exit.")
    boolean version;

    @Option(
            names = DEBUG,
            description = "Show debug messages, and where in the code an error arose.")
    boolean debug;
}

package io.weir.cli;

import picocli.CommandLine.Option;

/** What every command understands. Filled in by picocli. */
final class CommonOptions {
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
            names = "--debug",
            description = "Show debug messages, and where in the code an error arose.")
    boolean debug;
}

package io.weir.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** What every help text has: headings, exit codes, and where settings come from. */
final class HelpTexts {
    private HelpTexts() {}

    /** Completes the root's help and those of its commands. */
    static void complete(CommandLine weir) {
        weir.getCommandSpec().versionProvider(() -> new String[] {"weir " + version()});
        each(weir, true);
        weir.getSubcommands().forEach((name, command) -> each(command, name.equals("agent")));
    }

    private static String version() {
        String version = HelpTexts.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }

    private static void each(CommandLine command, boolean withConfiguration) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        usage.sortOptions(false);
        usage.abbreviateSynopsis(true);
        usage.synopsisHeading("@|bold Usage:|@ ");
        usage.descriptionHeading("%n");
        usage.optionListHeading("%n@|bold Options:|@%n");
        usage.commandListHeading("%n@|bold Commands:|@%n");
        List<String> footer = new ArrayList<>(Arrays.asList(usage.footer()));
        if (withConfiguration) {
            footer.addAll(configuration());
        }
        footer.addAll(exitCodes());
        usage.footer(footer.toArray(String[]::new));
        command.getCommandSpec().versionProvider(() -> new String[] {"weir " + version()});
    }

    private static List<String> configuration() {
        return List.of(
                "",
                "@|bold Configuration:|@",
                "  A flag such as --ring-size wins over the variable WEIR_RING_SIZE, that over",
                "  ring-size=1m in /etc/weir/weir.properties (or --config FILE), that over the",
                "  default. WEIR_DEBUG=1 is --debug. NO_COLOR and COLUMNS are respected.",
                "  The launcher takes Java from WEIR_JAVA, JAVA_HOME or the PATH, and adds",
                "  WEIR_JAVA_OPTS to its options.");
    }

    private static List<String> exitCodes() {
        List<String> lines = new ArrayList<>(List.of("", "@|bold Exit codes:|@"));
        for (ExitCode code : ExitCode.values()) {
            lines.add("  " + code.code() + "  " + code.meaning());
        }
        return lines;
    }
}

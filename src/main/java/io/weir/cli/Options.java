package io.weir.cli;

import io.weir.config.ConfigException;
import io.weir.config.Setting;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Makes command-line options of {@link Setting}s, so that both always agree. */
final class Options {
    private static final String CONFIG = "--config";

    /** After a command's own groups. */
    private static final int FIRST_GROUP = 10;

    private Options() {}

    /** Adds an option per setting, by topic, and {@code --config}. */
    static void addTo(CommandSpec command, Set<Setting> settings, Map<Setting, String> defaults) {
        int order = FIRST_GROUP;
        for (Setting.Topic topic : Setting.Topic.values()) {
            List<Setting> ofTopic =
                    settings.stream().filter(setting -> setting.topic() == topic).toList();
            if (!ofTopic.isEmpty()) {
                command.addArgGroup(group(topic, ofTopic, defaults, order++));
            }
        }
        command.addOption(
                OptionSpec.builder(CONFIG)
                        .type(Path.class)
                        .paramLabel("FILE")
                        .description("Read settings from FILE, not /etc/weir/weir.properties.")
                        .build());
    }

    private static ArgGroupSpec group(
            Setting.Topic topic, List<Setting> settings, Map<Setting, String> defaults, int order) {
        ArgGroupSpec.Builder group =
                ArgGroupSpec.builder()
                        .heading("%n@|bold " + heading(topic) + "|@%n")
                        .validate(false)
                        .exclusive(false)
                        .order(order);
        for (Setting setting : settings) {
            group.addArg(
                    OptionSpec.builder(setting.flag())
                            .type(String.class)
                            .paramLabel(setting.valueName())
                            .description(description(setting, defaults))
                            .build());
        }
        return group.build();
    }

    private static String heading(Setting.Topic topic) {
        return switch (topic) {
            case RECORDS -> "Records:";
            case KERNEL -> "Listening to the kernel:";
            case AGENT -> "Inside the agent:";
        };
    }

    private static String description(Setting setting, Map<Setting, String> defaults) {
        String usual = defaults.getOrDefault(setting, setting.defaultText());
        return usual.isEmpty()
                ? setting.description()
                : setting.description() + " Default: " + usual + ".";
    }

    /** What was typed of the settings the command has. */
    static Map<Setting, String> given(ParseResult parsed, Set<Setting> settings) {
        Map<Setting, String> given = new EnumMap<>(Setting.class);
        for (Setting setting : settings) {
            String text = parsed.matchedOptionValue(setting.flag(), null);
            if (text != null) {
                requireOnce(setting.flag(), parsed.originalArgs());
                given.put(setting, text);
            }
        }
        return given;
    }

    /** Picocli lets options of a group come again, and forgets all but one. */
    private static void requireOnce(String flag, List<String> arguments) {
        long times =
                arguments.stream()
                        .filter(given -> given.equals(flag) || given.startsWith(flag + "="))
                        .count();
        if (times > 1) {
            throw new ConfigException(flag + " is there " + times + " times", "Give it once");
        }
    }

    /** The file named by {@code --config}. */
    static Optional<Path> file(ParseResult parsed) {
        return Optional.ofNullable(parsed.matchedOptionValue(CONFIG, null));
    }
}

package io.weir.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What was set where: a flag wins over the environment, that over the file, that over default. */
public final class Configuration {
    private final Map<Setting, Given> given;
    private final Map<Setting, String> defaults;

    private Configuration(Map<Setting, Given> given, Map<Setting, String> defaults) {
        this.given = given;
        this.defaults = defaults;
    }

    /**
     * Reads each layer once.
     *
     * @param flags as typed on the command line
     * @param environment the process's environment; an empty variable counts as unset
     * @param file as named by {@code --config}; the default file, if it is there, otherwise
     */
    public static Configuration of(
            Map<Setting, String> flags, Map<String, String> environment, Optional<Path> file) {
        Map<Setting, Given> given = new EnumMap<>(Setting.class);
        file.or(Configuration::defaultFile).ifPresent(path -> given.putAll(ConfigFile.read(path)));
        for (Setting setting : Setting.values()) {
            String variable = environment.getOrDefault(setting.variable(), "");
            if (!variable.isBlank()) {
                given.put(setting, new Given(variable, setting.variable() + "=" + variable));
            }
        }
        flags.forEach((setting, text) ->
                given.put(setting, new Given(text, setting.flag() + " " + text)));
        return new Configuration(given, Map.of());
    }

    private static Optional<Path> defaultFile() {
        return Optional.of(ConfigFile.DEFAULT).filter(Files::exists);
    }

    /**
     * The same for a command with defaults of its own: what environment and file say of these
     * settings is meant for the agent and does not count; a flag does.
     */
    public Configuration withOwn(Map<Setting, String> ownDefaults, Set<Setting> flags) {
        Map<Setting, Given> less = new EnumMap<>(given);
        less.keySet().removeIf(set -> ownDefaults.containsKey(set) && !flags.contains(set));
        return new Configuration(less, Map.copyOf(ownDefaults));
    }

    /** The value that holds: the operator's, or the default. */
    public Given get(Setting setting) {
        Given set = given.get(setting);
        return set != null
                ? set
                : Given.of(setting, defaults.getOrDefault(setting, setting.defaultText()));
    }

    /** Whether somebody set it. */
    public boolean has(Setting setting) {
        return given.containsKey(setting);
    }
}

package io.weir.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What was set where: a flag wins over the environment, that over the file, that over default. */
public final class Configuration {
    private final Map<Setting, Given> given;

    private Configuration(Map<Setting, Given> given) {
        this.given = given;
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
        return new Configuration(given);
    }

    private static Optional<Path> defaultFile() {
        return Optional.of(ConfigFile.DEFAULT).filter(Files::exists);
    }

    /** The same, but {@code text} instead of the setting's own default where nobody set it. */
    public Configuration withDefault(Setting setting, String text) {
        Map<Setting, Given> more = new EnumMap<>(given);
        more.putIfAbsent(setting, Given.of(setting, text));
        return new Configuration(more);
    }

    /** The value that holds: the operator's, or the default. */
    public Given get(Setting setting) {
        return given.getOrDefault(setting, Given.of(setting, setting.defaultText()));
    }

    /** Whether somebody set it. */
    public boolean has(Setting setting) {
        return given.containsKey(setting);
    }
}

package io.weir.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A file of {@code key=value} lines such as {@code window=5s}; unknown keys are refused. */
public final class ConfigFile {
    /** Read if it is there and no other file is named. */
    public static final Path DEFAULT = Path.of("/etc/weir/weir.properties");

    private ConfigFile() {}

    /** What {@code file} sets. */
    public static Map<Setting, Given> read(Path file) {
        Map<Setting, Given> settings = new EnumMap<>(Setting.class);
        load(file)
                .forEach((key, value) -> {
                    Setting setting = setting(key.toString(), file);
                    String shown = "%s=%s in %s".formatted(key, value, file);
                    settings.put(setting, new Given(value.toString(), shown));
                });
        return settings;
    }

    private static Properties load(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            throw new ConfigException(
                    "--config " + file + " does not exist",
                    "Name a readable properties file, or leave --config out");
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigException(
                    "cannot read the configuration file " + file + " (" + e + ")",
                    "It must be a readable properties file with lines such as window=5s");
        }
        return properties;
    }

    private static Setting setting(String key, Path file) {
        return Setting.ofKey(key).orElseThrow(() -> unknown(key, file));
    }

    private static ConfigException unknown(String key, Path file) {
        List<String> known = Arrays.stream(Setting.values()).map(Setting::key).toList();
        String remedy =
                Nearest.to(key, known)
                        .map(near -> "Did you mean " + near + "?")
                        .orElse("Known keys are " + String.join(", ", known));
        return new ConfigException("unknown key " + key + " in " + file, remedy);
    }
}

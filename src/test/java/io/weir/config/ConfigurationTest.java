package io.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigurationTest {
    @TempDir private Path directory;

    @Test
    void aFlagWinsOverTheEnvironmentWhichWinsOverTheFile() throws IOException {
        Path file = file("window=1s\ninterval=2s\nqueue-size=3\n");

        Configuration configuration =
                Configuration.of(
                        Map.of(Setting.WINDOW, "10s"),
                        Map.of("WEIR_WINDOW", "20s", "WEIR_INTERVAL", "30s", "PATH", "/bin"),
                        Optional.of(file));

        assertThat(configuration.get(Setting.WINDOW).shown()).isEqualTo("--window 10s");
        assertThat(configuration.get(Setting.INTERVAL).shown()).isEqualTo("WEIR_INTERVAL=30s");
        assertThat(configuration.get(Setting.QUEUE_SIZE).shown())
                .isEqualTo("queue-size=3 in " + file);
        assertThat(configuration.get(Setting.RING_SIZE).text()).isEqualTo("1m");
    }

    @Test
    void anEmptyVariableIsUnset() {
        Configuration configuration = environment(Map.of("WEIR_WINDOW", " "));

        assertThat(configuration.has(Setting.WINDOW)).isFalse();
        assertThat(configuration.get(Setting.WINDOW).text()).isEqualTo("5s");
    }

    @Test
    void aCommandsOwnDefaultGivesWayToAFlagOnly() {
        Configuration agents = environment(Map.of("WEIR_WINDOW", "3s"));
        Map<Setting, String> own = Map.of(Setting.WINDOW, "1s");

        assertThat(agents.withOwn(own, Set.of()).get(Setting.WINDOW).text()).isEqualTo("1s");
        assertThat(agents.withOwn(own, Set.of()).has(Setting.WINDOW)).isFalse();
        assertThat(agents.withOwn(own, Set.of(Setting.WINDOW)).get(Setting.WINDOW).text())
                .isEqualTo("3s");
    }

    @Test
    void anUnknownKeyIsNamedWithItsNearestNeighbour() throws IOException {
        Path file = file("windw=5s\n");

        assertThatThrownBy(() -> ConfigFile.read(file))
                .isInstanceOf(ConfigException.class)
                .hasMessage("unknown key windw in " + file)
                .extracting(e -> ((ConfigException) e).remedy())
                .isEqualTo("Did you mean window?");
    }

    @Test
    void anUnknownKeyLikeNothingListsTheKnown() throws IOException {
        Path file = file("colour=blue\n");

        assertThatThrownBy(() -> ConfigFile.read(file))
                .extracting(e -> ((ConfigException) e).remedy())
                .asString()
                .startsWith("Known keys are sink, format, window,");
    }

    @Test
    void aMissingFileIsAnErrorOnlyIfNamed() {
        Path absent = directory.resolve("absent.properties");

        assertThatThrownBy(() -> ConfigFile.read(absent))
                .isInstanceOf(ConfigException.class)
                .hasMessage("--config " + absent + " does not exist");
    }

    @Test
    void aFileThatIsNoTextIsRefused() throws IOException {
        Path file = directory.resolve("weir.properties");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe});

        assertThatThrownBy(() -> ConfigFile.read(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("cannot read the configuration file " + file);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("weir.properties"), text);
    }

    private static Configuration environment(Map<String, String> environment) {
        return Configuration.of(Map.of(), environment, Optional.empty());
    }
}

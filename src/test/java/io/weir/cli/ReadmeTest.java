package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.config.Hook;
import io.weir.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReadmeTest {
    private final List<String> lines = Files.readAllLines(Path.of("README.md"));

    ReadmeTest() throws IOException {}

    @Test
    void listsEverySettingWithItsDefault() {
        assertThat(Setting.values())
                .allSatisfy(setting ->
                        assertThat(lines).anyMatch(line -> line.startsWith(rowOf(setting))));
    }

    private static String rowOf(Setting setting) {
        String usual = setting.defaultText();
        return "| `" + setting.key() + "` | " + (usual.isEmpty() ? "" : "`" + usual + "` |");
    }

    @Test
    void listsEveryExitCodeWithItsMeaning() {
        assertThat(Arrays.stream(ExitCode.values()))
                .allSatisfy(code ->
                        assertThat(lines)
                                .anyMatch(line ->
                                        line.startsWith(
                                                "| %d | %s"
                                                        .formatted(code.code(), code.meaning()))));
    }

    @Test
    void namesEveryHook() {
        String text = String.join(" ", lines);

        assertThat(Hook.values())
                .allSatisfy(hook ->
                        assertThat(text).contains(hook.key() + " `" + hook.function() + "`"));
    }
}

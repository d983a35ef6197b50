package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.sink.stdout.Look;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TerminalTest {
    @Test
    void aTerminalIsColouredUnlessAskedNotTo() {
        assertThat(new Terminal(Map.of("TERM", "xterm"), true).colours()).isTrue();
        assertThat(new Terminal(Map.of("NO_COLOR", "1"), true).colours()).isFalse();
        assertThat(new Terminal(Map.of("NO_COLOR", ""), true).colours()).isTrue();
        assertThat(new Terminal(Map.of("TERM", "dumb"), true).colours()).isFalse();
        assertThat(new Terminal(Map.of("TERM", "xterm"), false).colours()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"100,100", "300,300", "20,80", "wide,160", "'',160"})
    void aFileIsAsWideAsColumnsSay(String columns, int width) {
        assertThat(new Terminal(Map.of("COLUMNS", columns), false).width()).isEqualTo(width);
    }

    @Test
    void aFileIsCutOnlyIfColumnsAskForIt() {
        assertThat(new Terminal(Map.of("COLUMNS", "100"), false).look().clip()).isTrue();
        assertThat(new Terminal(Map.of(), false).look().clip()).isFalse();
    }

    @Test
    void aTerminalTakesColumnsToo() {
        assertThat(new Terminal(Map.of("COLUMNS", "133"), true).width()).isEqualTo(133);
    }

    @ParameterizedTest
    @CsvSource({
        "LANG,C.UTF-8,true",
        "LANG,en_US.utf8,true",
        "LC_ALL,C,false",
        "LANG,POSIX,false",
        "UNRELATED,x,true"
    })
    void theLocaleDecidesWhichCharactersThereAre(String variable, String value, boolean unicode) {
        Look look = new Terminal(Map.of(variable, value), true).look();

        assertThat(look.unicode()).isEqualTo(unicode);
        assertThat(look.clip()).isTrue();
    }
}

package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.bpf.BpfException;
import io.weir.agent.sys.Errno;
import io.weir.agent.sys.SystemCallException;
import io.weir.config.ConfigException;
import org.junit.jupiter.api.Test;

final class FailureTest {
    @Test
    void everyCauseHasItsExitCode() {
        assertThat(code(new ConfigException("a", "b"))).isEqualTo(ExitCode.USAGE);
        assertThat(code(new BpfException.NotPermitted("a"))).isEqualTo(ExitCode.NOT_PERMITTED);
        assertThat(code(new BpfException.NotSupported("a", "5.10")))
                .isEqualTo(ExitCode.NOT_SUPPORTED);
        assertThat(code(new BpfException.VerifierRejected("a", "b", "c")))
                .isEqualTo(ExitCode.NOT_SUPPORTED);
        assertThat(code(new BpfException.InvalidObject("a"))).isEqualTo(ExitCode.FAILURE);
        assertThat(code(new SystemCallException("bpf", "", Errno.EPERM)))
                .isEqualTo(ExitCode.NOT_PERMITTED);
        assertThat(code(new SystemCallException("bpf", "", Errno.ENOMEM)))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(code(new NullPointerException())).isEqualTo(ExitCode.FAILURE);
    }

    @Test
    void aLineIsCauseAndRemedyEachASentence() {
        assertThat(new Failure(ExitCode.USAGE, "x is wrong", "Use y").line())
                .isEqualTo("weir: x is wrong. Use y.");
        assertThat(new Failure(ExitCode.USAGE, "x is wrong", "Did you mean y?").line())
                .isEqualTo("weir: x is wrong. Did you mean y?");
        assertThat(new Failure(ExitCode.USAGE, "x is wrong.\n  really", "").line())
                .isEqualTo("weir: x is wrong.; really.");
    }

    @Test
    void anExitCodeIsItsPlaceInTheDocumentation() {
        assertThat(ExitCode.values())
                .extracting(ExitCode::code)
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
    }

    private static ExitCode code(Throwable thrown) {
        return Failure.of(thrown).code();
    }
}

package io.weir.agent.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.sys.Errno;
import org.junit.jupiter.api.Test;

class VerifierLogTest {
    private static final String REJECTED =
            """
            libbpf: prog 'send_fentry': BPF program load failed: Permission denied
            libbpf: prog 'send_fentry': -- BEGIN PROG LOAD LOG --
            0: R1=ctx(off=0,imm=0) R10=fp0
            ; return value ? value[7] : 0;
            7: (79) r7 = *(u64 *)(r1 +0)
            dereference of modified ctx ptr R1 off=32 disallowed
            processed 7 insns (limit 1000000) max_states_per_insn 0 total_states 0
            -- END PROG LOAD LOG --
            libbpf: prog 'send_fentry': failed to load: -13
            libbpf: failed to load object 'tcpflow'
            """;

    private static final String EXPLAINED =
            """
            libbpf: prog 'reads_beyond': -- BEGIN PROG LOAD LOG --
            8: (79) r6 = *(u64 *)(r0 +56)
            invalid access to map value, value_size=8 off=56 size=8
            R0 min value is outside of the allowed memory range

            Verification failed: Memory Safety: Access outside bounds

            Suggestion:
              Add or adjust a bounds check.

            processed 8 insns (limit 1000000) max_states_per_insn 0 total_states 0
            -- END PROG LOAD LOG --
            libbpf: prog 'reads_beyond': failed to load: -13
            """;

    private static final String NO_SUCH_FUNCTION =
            """
            libbpf: prog 'receive_fentry': failed to find kernel BTF type ID of 'tcp_cleanup': -3
            libbpf: prog 'receive_fentry': failed to prepare load attributes: -3
            libbpf: prog 'receive_fentry': failed to load: -3
            """;

    @Test
    void shouldNameTheProgramAndTheTellingLine() {
        VerifierLog log = VerifierLog.parse(REJECTED);

        assertThat(log.program()).isEqualTo("send_fentry");
        assertThat(log.errno()).isEqualTo(Errno.EACCES);
        assertThat(log.telling()).isEqualTo("dereference of modified ctx ptr R1 off=32 disallowed");
        assertThat(log.whole()).isEqualTo(REJECTED);
    }

    @Test
    void shouldPreferTheVerifiersWordsToTheExplanationOfNewKernels() {
        assertThat(VerifierLog.parse(EXPLAINED).telling())
                .isEqualTo(
                        "invalid access to map value, value_size=8 off=56 size=8; R0 min value is"
                                + " outside of the allowed memory range");
    }

    @Test
    void shouldNameTheFunctionTheKernelLacks() {
        VerifierLog log = VerifierLog.parse(NO_SUCH_FUNCTION);

        assertThat(log.program()).isEqualTo("receive_fentry");
        assertThat(log.telling()).isEqualTo("the kernel's BTF has no tcp_cleanup");
    }

    @Test
    void shouldBlameNobodyWhereNoProgramFailed() {
        assertThat(VerifierLog.parse("libbpf: map 'events': failed to create: EPERM")).isNull();
    }

    @Test
    void shouldTellAMissingRightFromAMissingFeature() {
        assertThat(LoadFailure.of(Errno.EPERM, "libbpf: Error in bpf_create_map_xattr(events)"))
                .isInstanceOf(BpfException.NotPermitted.class)
                .hasMessageContaining("CAP_BPF");
        assertThat(
                        LoadFailure.of(
                                Errno.ESRCH, "libbpf: kernel BTF is missing at '/sys/kernel/btf'"))
                .isInstanceOf(BpfException.NotSupported.class)
                .hasMessageContaining("CONFIG_DEBUG_INFO_BTF");
        assertThat(LoadFailure.of(Errno.EPERM, "libbpf: prog 'state_fentry': failed to load: -1"))
                .isInstanceOf(BpfException.VerifierRejected.class)
                .hasMessageContaining("state_fentry: EPERM");
    }
}

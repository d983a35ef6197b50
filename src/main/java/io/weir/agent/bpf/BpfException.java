package io.weir.agent.bpf;

/** The kernel would not take a program, a map or an attachment: the message says why and what helps. */
public abstract sealed class BpfException extends RuntimeException {
    private BpfException(String message) {
        super(message);
    }

    /** The process lacks a right. */
    public static final class NotPermitted extends BpfException {
        public NotPermitted(String what) {
            super(what);
        }
    }

    /** This kernel has no such feature. */
    public static final class NotSupported extends BpfException {
        /**
         * @param feature what is missing
         * @param since the kernel that has it, such as {@code 5.10}
         */
        public NotSupported(String feature, String since) {
            super(feature + " (needs Linux " + since + " or newer)");
        }
    }

    /** The kernel's verifier refused a program. */
    public static final class VerifierRejected extends BpfException {
        private final String program;
        private final String telling;
        private final String log;

        /**
         * @param program its name in the BPF object
         * @param telling the lines of the log that name the reason
         * @param log everything the verifier said
         */
        public VerifierRejected(String program, String telling, String log) {
            super("the kernel refused program " + program + ": " + telling);
            this.program = program;
            this.telling = telling;
            this.log = log;
        }

        /** The refused program. */
        public String program() {
            return program;
        }

        /** Why, in the verifier's words or as an error name. */
        public String reason() {
            return telling;
        }

        /** The whole log, for a bug report. */
        public String log() {
            return log;
        }
    }

    /** The object does not fit this agent: a damaged or foreign file. */
    public static final class InvalidObject extends BpfException {
        public InvalidObject(String what) {
            super(what);
        }
    }
}

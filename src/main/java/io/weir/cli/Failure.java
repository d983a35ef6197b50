package io.weir.cli;

import io.weir.agent.bpf.BpfException;
import io.weir.agent.sink.stdout.OutputClosedException;
import io.weir.agent.sys.Errno;
import io.weir.agent.sys.MissingLibraryException;
import io.weir.agent.sys.NativeAccess.NativeAccessDeniedException;
import io.weir.agent.sys.SystemCallException;
import io.weir.cli.decode.InvalidCaptureException;
import io.weir.cli.decode.UnreadableFileException;
import io.weir.config.ConfigException;
import io.weir.metrics.Metrics;

/**
 * A command's end in one line: what went wrong, what to do, and the exit code. The only place that
 * turns exceptions into words.
 *
 * @param code for scripts
 * @param cause a clause; its full stop is added
 * @param remedy sentences; may be empty
 */
record Failure(ExitCode code, String cause, String remedy) {
    private static final String BECOME_ROOT =
            "Run it as root, or with CAP_BPF, CAP_PERFMON and CAP_NET_ADMIN";
    private static final String CHECK = "Run weir check to see what this kernel allows";
    private static final String POLL =
            "; --hooks off goes on without kernel events, by polling sockets alone";

    static Failure of(Throwable thrown) {
        return switch (thrown) {
            case ConfigException e -> new Failure(ExitCode.USAGE, e.getMessage(), e.remedy());
            case OutputClosedException e ->
                    new Failure(
                            ExitCode.OUTPUT_CLOSED,
                            "standard output cannot be written any more (" + e.reason() + ")",
                            e.isBrokenPipe()
                                    ? "Keep its reader running until weir has stopped"
                                    : "Write to a place that takes it");
            case MissingLibraryException e ->
                    new Failure(ExitCode.MISSING_LIBRARY, e.getMessage(), "");
            case Metrics.CannotServeException e ->
                    new Failure(ExitCode.USAGE, e.getMessage(), "Choose another --metrics");
            case NativeAccessDeniedException e -> new Failure(ExitCode.USAGE, e.getMessage(), "");
            case InvalidCaptureException e ->
                    new Failure(
                            ExitCode.DAMAGED_CAPTURE,
                            e.getMessage(),
                            "--keep-going prints what is whole");
            case UnreadableFileException e -> new Failure(ExitCode.FAILURE, e.getMessage(), "");
            case BpfException.NotPermitted e ->
                    new Failure(ExitCode.NOT_PERMITTED, e.getMessage(), CHECK + POLL);
            case BpfException.NotSupported e ->
                    new Failure(ExitCode.NOT_SUPPORTED, e.getMessage(), CHECK);
            case BpfException.VerifierRejected e ->
                    new Failure(ExitCode.NOT_SUPPORTED, e.getMessage(), CHECK);
            case BpfException.InvalidObject e ->
                    new Failure(ExitCode.FAILURE, e.getMessage(), "Build it again with make");
            case SocketsCommand.CannotDumpException e ->
                    new Failure(ExitCode.NOT_SUPPORTED, e.getMessage(), "");
            case SystemCallException e when e.errno() == Errno.EPERM || e.errno() == Errno.EACCES ->
                    new Failure(ExitCode.NOT_PERMITTED, e.getMessage(), BECOME_ROOT);
            default ->
                    new Failure(
                            ExitCode.FAILURE,
                            "unexpected " + describe(thrown),
                            "Run it again with --debug to see where, and report that");
        };
    }

    private static String describe(Throwable thrown) {
        String name = thrown.getClass().getSimpleName();
        return thrown.getMessage() == null ? name : name + ": " + thrown.getMessage();
    }

    /** {@code weir: cause. remedy.} without a line end. */
    String line() {
        String text = "weir: " + sentence(cause);
        return remedy.isEmpty() ? text : text + " " + sentence(remedy);
    }

    private static String sentence(String text) {
        String oneLine = text.strip().replaceAll("\\s*\\R\\s*", "; ");
        return oneLine.matches(".*[.?!]") ? oneLine : oneLine + ".";
    }
}

package io.weir.cli;

import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong, in one line, and gives the exit code. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final Console console;
    private final boolean debug;

    Failures(Console console, String[] arguments) {
        String variable = console.environment().getOrDefault("WEIR_DEBUG", "");
        this.console = console;
        this.debug =
                Arrays.asList(arguments).contains(CommonOptions.DEBUG)
                        || !(variable.isEmpty() || variable.equals("0"));
    }

    @Override
    public int handleParseException(ParameterException thrown, String[] arguments) {
        CommandLine command = thrown.getCommandLine();
        String help = "Try " + command.getCommandSpec().qualifiedName() + " --help";
        return end(new Failure(ExitCode.USAGE, cause(thrown), remedy(thrown, help)), thrown);
    }

    private static String cause(ParameterException thrown) {
        if (thrown instanceof UnmatchedArgumentException unmatched) {
            String name = thrown.getCommandLine().getCommandSpec().qualifiedName();
            String what = unmatched.isUnknownOption() ? "option" : "argument";
            boolean isCommand = !unmatched.isUnknownOption() && name.equals("weir");
            return "%s knows no %s %s"
                    .formatted(
                            name,
                            isCommand ? "command" : what,
                            unmatched.getUnmatched().getFirst());
        }
        if (thrown instanceof MissingParameterException missing) {
            return missing.getMissing().stream()
                    .map(Failures::named)
                    .findFirst()
                    .map(name -> name + " needs a value")
                    .orElse(thrown.getMessage());
        }
        String message = thrown.getMessage();
        return Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }

    private static String named(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static String remedy(ParameterException thrown, String help) {
        if (thrown instanceof UnmatchedArgumentException unmatched) {
            List<String> near = unmatched.getSuggestions();
            return near.isEmpty() ? help : "Did you mean " + near.getFirst() + "?";
        }
        return help;
    }

    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
        return end(Failure.of(thrown), thrown);
    }

    /** What even picocli does not catch: errors of the JVM and of linking. */
    int handleError(Throwable thrown) {
        return end(Failure.of(thrown), thrown);
    }

    private int end(Failure failure, Throwable thrown) {
        console.err().println(failure.line());
        if (debug) {
            thrown.printStackTrace(console.err());
        }
        return failure.code().code();
    }
}

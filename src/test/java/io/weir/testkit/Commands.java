package io.weir.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;

/** Commands of the machine a test leans on: {@code ip}, {@code tc}, {@code nft}. */
final class Commands {
    private Commands() {}

    record Result(int code, String output) {
        boolean ok() {
            return code == 0;
        }
    }

    static Result run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Result(process.waitFor(), output.strip());
    }

    /** Words separated by single blanks; fails if the command does. */
    static void require(String command) throws IOException, InterruptedException {
        Result result = run(List.of(command.split(" ")));
        if (!result.ok()) {
            throw new IOException(command + ": " + result.output());
        }
    }
}

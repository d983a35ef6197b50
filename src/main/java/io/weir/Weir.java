package io.weir;

import io.weir.agent.NodeAgent;
import io.weir.agent.StopSignal;
import io.weir.cli.Cli;
import io.weir.cli.Console;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Where the process begins and ends; SIGTERM and SIGINT stop it in good order. */
public final class Weir {
    /** Of a command that does not stop but is stopped, as shells have it: 128 + SIGINT. */
    private static final int INTERRUPTED = 130;

    private Weir() {}

    /** The command line. */
    public static void main(String[] arguments) {
        StopSignal stop = new StopSignal();
        CompletableFuture<Integer> code = new CompletableFuture<>();
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform().name("weir-stop").unstarted(() -> end(stop, code)));
        code.complete(new Cli(Console.current(), NodeAgent::new, stop).run(arguments));
        System.exit(code.join());
    }

    /** Ends the process with the command's code: left to itself a signal's would be 143. */
    private static void end(StopSignal stop, CompletableFuture<Integer> code) {
        stop.request();
        Runtime.getRuntime().halt(awaited(stop, code));
    }

    private static int awaited(StopSignal stop, CompletableFuture<Integer> code) {
        if (stop.grace().isZero()) {
            return code.getNow(INTERRUPTED);
        }
        try {
            return code.get(stop.grace().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            Console.current().err().println("weir: stopping took too long. Records may be lost.");
        } catch (InterruptedException | ExecutionException e) {
            Thread.currentThread().interrupt();
        }
        return 1;
    }
}

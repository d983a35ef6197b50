package io.weir.cli.decode;

import io.weir.agent.netlink.capture.CaptureException;
import io.weir.agent.sink.stdout.OutputClosedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Decodes captures in order. Nothing is printed before all of them were read once and found whole,
 * unless told to keep going: then everything whole is, and what is not is said.
 */
public final class Decoding implements AutoCloseable {
    private final List<CaptureFile> files = new ArrayList<>();
    private final OutputStream out;
    private final Consumer<String> notices;

    /**
     * @param names of files, {@code -} being standard input
     * @param notices gets faults, when going on after them
     */
    public Decoding(
            List<String> names, InputStream stdin, OutputStream out, Consumer<String> notices) {
        names.forEach(name -> files.add(new CaptureFile(name, stdin)));
        this.out = out;
        this.notices = notices;
    }

    /**
     * Prints all sockets.
     *
     * @return whether all files were whole
     * @throws InvalidCaptureException if one is not, unless keeping going
     */
    public boolean printSockets(boolean keepGoing) {
        if (!keepGoing) {
            files.forEach(file -> file.decode(fault -> fail(file, fault), true));
        }
        boolean whole = true;
        for (CaptureFile file : files) {
            Faults faults = new Faults(file.name(), notices);
            SocketPrinter printer = new SocketPrinter(out, faults);
            file.decode(printer, false);
            printer.flush();
            whole &= !faults.end();
        }
        return whole;
    }

    /**
     * Prints what is in all files together, damaged ones as far as they can be read.
     *
     * @return whether all files were whole
     */
    public boolean printSummary() {
        CaptureSummary summary = new CaptureSummary();
        boolean whole = true;
        for (CaptureFile file : files) {
            Faults faults = new Faults(file.name(), notices);
            file.decode(summary.passingFaultsTo(faults), false);
            whole &= !faults.end();
        }
        try {
            out.write(summary.text().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new OutputClosedException(e);
        }
        return whole;
    }

    private static void fail(CaptureFile file, CaptureException fault) {
        throw new InvalidCaptureException(file.name(), fault);
    }

    @Override
    public void close() {
        files.forEach(CaptureFile::close);
    }
}

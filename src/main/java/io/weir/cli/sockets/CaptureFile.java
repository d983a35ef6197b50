package io.weir.cli.sockets;

import io.weir.agent.netlink.AnswerTap;
import io.weir.agent.netlink.capture.CaptureReader;
import io.weir.agent.netlink.capture.PcapWriter;
import io.weir.config.ConfigException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps the kernel's answers as they came. Written by the polling thread. */
public final class CaptureFile implements AnswerTap, AutoCloseable {
    private final Path file;
    private final PcapWriter writer;
    private final long unixMinusMonotonicNs;

    private CaptureFile(Path file, PcapWriter writer, long unixMinusMonotonicNs) {
        this.file = file;
        this.writer = writer;
        this.unixMinusMonotonicNs = unixMinusMonotonicNs;
    }

    /** Creates or overwrites a file. */
    public static CaptureFile create(Path file, long unixMinusMonotonicNs) {
        try {
            return new CaptureFile(
                    file,
                    new PcapWriter(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)),
                    unixMinusMonotonicNs);
        } catch (IOException e) {
            throw new ConfigException(
                    "--capture " + file + " cannot be written (" + e + ")", "Name another file");
        }
    }

    @Override
    public void onAnswer(MemorySegment answer, int length, long timeNs) {
        try {
            writer.write(
                    PcapWriter.Direction.RECEIVED,
                    CaptureReader.NETLINK_SOCK_DIAG,
                    timeNs + unixMinusMonotonicNs,
                    answer,
                    0,
                    length);
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + file, e);
        }
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + file, e);
        }
    }
}

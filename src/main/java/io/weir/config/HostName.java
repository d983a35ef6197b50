package io.weir.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** This machine's name as the kernel has it, without asking DNS. */
public final class HostName {
    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    private HostName() {}

    /** The node name; {@code localhost} where the kernel does not say. */
    public static String get() {
        try {
            return Files.readString(KERNEL).strip();
        } catch (IOException e) {
            return "localhost";
        }
    }
}

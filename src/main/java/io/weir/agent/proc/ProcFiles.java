package io.weir.agent.proc;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Directories whose entries come and go while they are read. */
final class ProcFiles {
    private ProcFiles() {}

    /** What is there; nothing if the directory is not, or may not be read. */
    static List<Path> list(Path directory) {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        } catch (IOException | DirectoryIteratorException e) {
            // Whatever was read before it vanished is good.
        }
        return entries;
    }

    /** The entry's name as a number; -1 if it is none, such as {@code /proc/self}. */
    static long number(Path entry) {
        String name = entry.getFileName().toString();
        if (name.isEmpty() || name.length() > 18) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < name.length(); i++) {
            int digit = name.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}

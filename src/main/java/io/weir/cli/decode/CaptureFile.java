package io.weir.cli.decode;

import io.weir.config.ConfigException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that can be read twice even if it is a pipe: the first reading of a pipe then keeps a copy,
 * in the directory for temporary files.
 */
final class CaptureFile implements AutoCloseable {
    private static final String STDIN = "-";
    private static final int BUFFER = 1 << 16;

    private final String name;
    private final InputStream stdin;
    private Path copy;

    /** @param stdin what {@code -} means */
    CaptureFile(String name, InputStream stdin) {
        this.name = name;
        this.stdin = stdin;
    }

    /** As the operator wrote it. */
    String name() {
        return name;
    }

    /**
     * Decodes all of it.
     *
     * @param again whether it will be decoded once more
     * @throws ConfigException if there is no such file
     * @throws UnreadableFileException if it cannot be read to its end
     */
    void decode(CaptureListener listener, boolean again) {
        try (InputStream stream = new BufferedInputStream(open(again), BUFFER)) {
            new CaptureDecoder().decode(stream, listener);
        } catch (IOException e) {
            throw new UnreadableFileException(name, e);
        }
    }

    private InputStream open(boolean again) throws IOException {
        if (copy != null) {
            return Files.newInputStream(copy);
        }
        if (name.equals(STDIN)) {
            return again ? copying(stdin) : stdin;
        }
        Path path = Path.of(name);
        if (!Files.exists(path)) {
            throw new ConfigException(name + " does not exist", "Name a capture, or - for stdin");
        }
        if (Files.isDirectory(path) || !Files.isReadable(path)) {
            String why = Files.isDirectory(path) ? " is a directory" : " cannot be read";
            throw new ConfigException(name + why, "Name a readable capture, or - for stdin");
        }
        InputStream stream = Files.newInputStream(path);
        return again && !Files.isRegularFile(path) ? copying(stream) : stream;
    }

    private InputStream copying(InputStream stream) throws IOException {
        copy = Files.createTempFile("weir-decode", null);
        copy.toFile().deleteOnExit();
        OutputStream out = Files.newOutputStream(copy);
        return new FilterInputStream(stream) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int read = super.read(bytes, offset, length);
                if (read > 0) {
                    out.write(bytes, offset, read);
                }
                return read;
            }

            @Override
            public void close() throws IOException {
                try (out) {
                    super.close();
                }
            }
        };
    }

    @Override
    public void close() {
        try {
            if (copy != null) {
                Files.deleteIfExists(copy);
            }
        } catch (IOException e) {
            throw new UnreadableFileException(copy.toString(), e);
        }
    }
}

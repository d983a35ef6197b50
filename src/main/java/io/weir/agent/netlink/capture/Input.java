package io.weir.agent.netlink.capture;

import java.io.IOException;
import java.io.InputStream;

/** A stream that knows where it is. */
final class Input {
    private final InputStream stream;
    private long position;

    Input(InputStream stream) {
        this.stream = stream;
    }

    /** Bytes read so far. */
    long position() {
        return position;
    }

    /** Reads so many bytes, or fewer only if the stream ends. */
    int readUpTo(byte[] bytes, int offset, int length) throws IOException {
        int read = stream.readNBytes(bytes, offset, length);
        position += read;
        return read;
    }

    /** Reads and forgets so many bytes, or fewer only if the stream ends. */
    long skipUpTo(long length) throws IOException {
        byte[] scratch = new byte[(int) Math.min(length, 1 << 13)];
        long left = length;
        while (left > 0) {
            int read = readUpTo(scratch, 0, (int) Math.min(left, scratch.length));
            left -= read;
            if (read == 0) {
                break;
            }
        }
        return length - left;
    }
}

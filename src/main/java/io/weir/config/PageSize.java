package io.weir.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** The kernel's page size, which a ring buffer must be a multiple of. */
public final class PageSize {
    /** {@code include/uapi/linux/auxvec.h:AT_PAGESZ}. */
    private static final long AT_PAGESZ = 6;

    private static final int USUAL = 4096;

    private PageSize() {}

    /** In bytes: 4096 nearly everywhere, 16384 or 65536 on some arm64 and ppc64 kernels. */
    public static int bytes() {
        try {
            return in(Files.readAllBytes(Path.of("/proc/self/auxv")));
        } catch (IOException e) {
            return USUAL;
        }
    }

    /** What the auxiliary vector says: pairs of native 64-bit words. */
    static int in(byte[] auxv) {
        ByteBuffer words = ByteBuffer.wrap(auxv).order(ByteOrder.nativeOrder());
        while (words.remaining() >= 2 * Long.BYTES) {
            long key = words.getLong();
            long value = words.getLong();
            if (key == AT_PAGESZ) {
                return Math.toIntExact(value);
            }
        }
        return USUAL;
    }
}

package io.weir.agent.event;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A task's name as the kernel keeps it: {@code task_struct.comm}, 16 bytes as two words. */
public final class Comm {

    private Comm() {}

    /** The name up to its first NUL, empty if there is none; bytes which are no UTF-8 become �. */
    public static String decode(long first, long second) {
        byte[] bytes =
                ByteBuffer.allocate(2 * Long.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .putLong(first)
                        .putLong(second)
                        .array();
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}

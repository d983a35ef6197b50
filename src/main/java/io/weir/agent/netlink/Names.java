package io.weir.agent.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Texts of up to 16 bytes, each made once: there are few congestion controls and many sockets. */
final class Names {
    /** As {@code TCP_CA_NAME_MAX}. */
    static final int MAX_BYTES = 16;

    /** Beyond so many, which only damaged messages bring about, texts are made anew. */
    private static final int MAX_NAMES = 32;

    private final long[] firsts = new long[MAX_NAMES];
    private final long[] seconds = new long[MAX_NAMES];
    private final String[] texts = new String[MAX_NAMES];
    private int size;

    /**
     * @param first bytes 0 to 7, the first in the lowest, zeros behind the text's end
     * @param second bytes 8 to 15
     */
    String of(long first, long second) {
        for (int i = 0; i < size; i++) {
            if (firsts[i] == first && seconds[i] == second) {
                return texts[i];
            }
        }
        String text = text(first, second);
        if (size < MAX_NAMES) {
            firsts[size] = first;
            seconds[size] = second;
            texts[size++] = text;
        }
        return text;
    }

    private static String text(long first, long second) {
        byte[] bytes = new byte[MAX_BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(first).putLong(second);
        int end = 0;
        while (end < MAX_BYTES && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.US_ASCII);
    }
}

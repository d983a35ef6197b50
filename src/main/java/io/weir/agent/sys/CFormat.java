package io.weir.agent.sys;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** Turns what a C callback was given to print into text: {@code vsnprintf(3)}. Any thread. */
public final class CFormat {
    /** The verifier's log comes line by line; what is longer than this is cut. */
    private static final int MAX_LENGTH = 8192;

    private CFormat() {}

    /**
     * Formats one message.
     *
     * @param format a NUL-terminated C format
     * @param arguments the callback's {@code va_list}: used up by this call
     */
    public static String format(MemorySegment format, MemorySegment arguments) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(MAX_LENGTH);
            int length = (int) LibC.VSNPRINTF.invokeExact(text, text.byteSize(), format, arguments);
            int kept = Math.clamp(length, 0, MAX_LENGTH - 1);
            byte[] bytes = new byte[kept];
            MemorySegment.copy(text, JAVA_BYTE, 0, bytes, 0, kept);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (Throwable thrown) {
            throw LibC.unexpected(thrown);
        }
    }
}

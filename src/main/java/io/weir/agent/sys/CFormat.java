package io.weir.agent.sys;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** Turns what a C callback was given to print into text: {@code vsnprintf(3)}. Any thread. */
public final class CFormat {
    /** Enough for a line; a verifier's log comes as one message and takes a second pass. */
    private static final int FIRST_TRY = 4096;

    /** libbpf keeps no longer verifier log. */
    private static final int MAX_LENGTH = 16 << 20;

    /** {@code va_list} is a struct of 24 bytes on x86-64 and of 32 on arm64, passed by address. */
    private static final long VA_LIST_BYTES = 32;

    private CFormat() {}

    /**
     * Formats one message.
     *
     * @param format a NUL-terminated C format
     * @param arguments the callback's {@code va_list}, left as it is; NULL if the format takes none
     */
    public static String format(MemorySegment format, MemorySegment arguments) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(FIRST_TRY);
            int length = print(text, format, copyOf(arguments, arena));
            if (length >= FIRST_TRY) {
                text = arena.allocate(Math.min(length + 1, MAX_LENGTH));
                length = print(text, format, copyOf(arguments, arena));
            }
            byte[] bytes = new byte[Math.clamp(length, 0, (int) text.byteSize() - 1)];
            MemorySegment.copy(text, JAVA_BYTE, 0, bytes, 0, bytes.length);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** What {@code va_copy} does on both ABIs: printing uses the list up. */
    private static MemorySegment copyOf(MemorySegment arguments, Arena arena) {
        MemorySegment copy = arena.allocate(VA_LIST_BYTES, 8);
        return arguments.address() == 0
                ? copy
                : copy.copyFrom(arguments.reinterpret(VA_LIST_BYTES));
    }

    private static int print(MemorySegment text, MemorySegment format, MemorySegment arguments) {
        try {
            return (int) LibC.VSNPRINTF.invokeExact(text, text.byteSize(), format, arguments);
        } catch (Throwable thrown) {
            throw LibC.unexpected(thrown);
        }
    }
}

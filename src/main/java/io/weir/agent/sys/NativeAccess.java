package io.weir.agent.sys;

import java.lang.foreign.MemorySegment;

/** The JVM's own permission to call native code, asked before the first call that needs it. */
public final class NativeAccess {
    private NativeAccess() {}

    /**
     * Fails early and readably where a JVM was started without the flag that lets Weir make system
     * calls.
     *
     * @throws NativeAccessDeniedException naming the flag to pass
     */
    public static void require() {
        try {
            MemorySegment.NULL.reinterpret(0);
        } catch (IllegalCallerException denied) {
            throw new NativeAccessDeniedException(denied);
        }
    }

    /** The JVM forbids native calls. */
    public static final class NativeAccessDeniedException extends RuntimeException {
        NativeAccessDeniedException(Throwable cause) {
            super(
                    "the JVM forbids native calls: start it with --enable-native-access=ALL-UNNAMED"
                            + " (bin/weir does)",
                    cause);
        }
    }
}

package io.weir.agent.bpf;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.weir.agent.bpf.libbpf.Libbpf;
import io.weir.agent.sys.CFormat;
import io.weir.agent.sys.NativeLibraries;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * What libbpf prints, kept per thread instead of going to standard error: its warnings are where the
 * verifier's reasons are. Any thread; a thread sees only its own lines.
 */
final class LibbpfLog {
    private static final int KEEP_CHARS = 1 << 20;
    private static final ThreadLocal<StringBuilder> LINES =
            ThreadLocal.withInitial(StringBuilder::new);

    private LibbpfLog() {}

    /** Starts collecting; the first call installs the callback for the life of the process. */
    static void install() {
        NativeLibraries.libbpf();
        Installed.touch();
        LINES.get().setLength(0);
    }

    /** What this thread's calls printed since {@link #install()}. */
    static String taken() {
        String text = LINES.get().toString();
        LINES.get().setLength(0);
        return text;
    }

    /** libbpf's callback: {@code int (*)(enum libbpf_print_level, const char *, va_list)}. */
    @SuppressWarnings("UnusedMethod") // called from C
    private static int print(int level, MemorySegment format, MemorySegment arguments) {
        try {
            StringBuilder lines = LINES.get();
            if (level <= Libbpf.LIBBPF_INFO() && lines.length() < KEEP_CHARS) {
                lines.append(CFormat.format(format, arguments));
            }
        } catch (RuntimeException unprintable) {
            return 0; // an exception in an upcall ends the JVM; a lost line does not
        }
        return 0;
    }

    private static final class Installed {
        static {
            try {
                MemorySegment callback =
                        Linker.nativeLinker()
                                .upcallStub(
                                        MethodHandles.lookup()
                                                .findStatic(
                                                        LibbpfLog.class,
                                                        "print",
                                                        MethodType.methodType(
                                                                int.class,
                                                                int.class,
                                                                MemorySegment.class,
                                                                MemorySegment.class)),
                                        FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS),
                                        Arena.global());
                MemorySegment previous = Libbpf.libbpf_set_print(callback);
                assert previous != null;
            } catch (ReflectiveOperationException impossible) {
                throw new LinkageError(impossible.getMessage(), impossible);
            }
        }

        private Installed() {}

        static void touch() {}
    }
}

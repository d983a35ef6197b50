package io.weir.agent.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;

/** Finds the native libraries of the machine. Any thread. */
public final class NativeLibraries {
    private static final String LIBBPF = "libbpf.so.1";

    /** A path to use in place of the system's library, for images that keep it elsewhere. */
    private static final String LIBBPF_PROPERTY = "weir.libbpf";

    private NativeLibraries() {}

    /**
     * The symbols of libbpf 1.x, the library that loads programs into the kernel; found as the
     * dynamic linker finds it, or at the path in the system property {@code weir.libbpf}. Loaded
     * once and kept while the JVM lives.
     *
     * @throws MissingLibraryException naming the package to install
     * @throws NativeAccess.NativeAccessDeniedException if the JVM forbids native calls
     */
    public static SymbolLookup libbpf() {
        NativeAccess.require();
        if (Libbpf.FOUND instanceof SymbolLookup lookup) {
            return lookup;
        }
        throw new MissingLibraryException(
                LIBBPF,
                "install the package libbpf1 (Debian, Ubuntu, openSUSE) or libbpf (Fedora, RHEL,"
                        + " Arch, Alpine)",
                (Throwable) Libbpf.FOUND);
    }

    /** Looked up on first use; the failure is kept as well, so that every caller hears of it. */
    private static final class Libbpf {
        static final Object FOUND = find();

        private static Object find() {
            try {
                return SymbolLookup.libraryLookup(
                        System.getProperty(LIBBPF_PROPERTY, LIBBPF), Arena.global());
            } catch (IllegalArgumentException missing) {
                return missing;
            }
        }
    }
}

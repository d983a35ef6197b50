package io.weir.agent.bpf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The compiled programs that travel inside the jar, so that running needs no compiler. */
public final class BpfObjects {
    private static final String TCP_FLOW = "tcpflow.bpf.o";

    private BpfObjects() {}

    /**
     * The ELF image of {@code bpf/tcpflow.bpf.c}.
     *
     * @throws BpfException.InvalidObject if this build came without it
     */
    public static byte[] tcpFlow() {
        try (InputStream image = BpfObjects.class.getResourceAsStream(TCP_FLOW)) {
            if (image == null) {
                throw new BpfException.InvalidObject(
                        "this build has no BPF object inside (" + TCP_FLOW + "): build with make");
            }
            return image.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

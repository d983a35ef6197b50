package io.weir.cli.decode;

import io.weir.agent.netlink.capture.CaptureException;
import java.util.function.Consumer;

/** Says the first faults of a file, and counts the others. */
final class Faults implements Consumer<CaptureException> {
    private static final int SAID = 10;

    private final String file;
    private final Consumer<String> notices;
    private long count;

    Faults(String file, Consumer<String> notices) {
        this.file = file;
        this.notices = notices;
    }

    @Override
    public void accept(CaptureException fault) {
        if (count++ < SAID) {
            notices.accept(file + ": " + fault.getMessage() + ".");
        }
    }

    /** Says how many there were beyond those said; whether there was any. */
    boolean end() {
        if (count > SAID) {
            notices.accept(file + ": and " + (count - SAID) + " more faults.");
        }
        return count > 0;
    }
}

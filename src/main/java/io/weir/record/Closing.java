package io.weir.record;

import java.util.Objects;

/** How an established connection ended. */
public record Closing(ClosedBy by, CloseKind kind) {
    /** @throws NullPointerException naming the part which is missing */
    public Closing {
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(kind, "kind");
    }
}

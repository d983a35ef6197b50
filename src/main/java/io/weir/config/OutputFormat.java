package io.weir.config;

/** How a record is written as text. */
public enum OutputFormat {
    /** One JSON object a line: for programs. */
    JSONL,
    /** Aligned columns: for people. */
    TABLE
}

package io.weir.config;

/**
 * The operator asked for something Weir cannot do: the message names the key and its value, the
 * remedy says what is allowed.
 */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String remedy;

    /**
     * @param cause what is wrong, naming key and value; a clause without a full stop
     * @param remedy what is allowed instead; a clause without a full stop
     */
    public ConfigException(String cause, String remedy) {
        super(cause);
        this.remedy = remedy;
    }

    /** What to write instead. */
    public String remedy() {
        return remedy;
    }
}

package io.weir.agent;

/** What the person at the terminal should know while the agent runs; any thread. */
@FunctionalInterface
public interface Notices {
    /**
     * Says one line, such as {@code watching …} once every hook is attached.
     *
     * @param line without the {@code weir: } in front of it and without a line end
     */
    void say(String line);
}

package io.weir.agent.sink.stdout;

/**
 * What the reader's terminal can show.
 *
 * @param colour whether to colour at all
 * @param unicode whether arrows and dots may be other than ASCII
 * @param clip whether lines must not be wider than the terminal; a file takes any width
 */
public record Look(boolean colour, boolean unicode, boolean clip) {
    /** For files and pipes: nothing but text. */
    public static final Look PLAIN = new Look(false, true, false);

    String outgoing() {
        return unicode ? "→" : "->";
    }

    String incoming() {
        return unicode ? "←" : "<-";
    }

    String unknown() {
        return unicode ? "↔" : "--";
    }

    /** Stands for what had to be cut off. */
    public String ellipsis() {
        return unicode ? "…" : "..";
    }

    String dot() {
        return unicode ? "·" : ".";
    }

    String openedAndClosed() {
        return unicode ? "±" : "x";
    }

    /** The text in the colour, if there are colours. */
    String paint(Colour colour, String text) {
        return !this.colour || colour == Colour.PLAIN || text.isBlank()
                ? text
                : colour.on + text + "\u001b[0m";
    }

    /** The text as a heading, if there are colours. */
    public String heading(String text) {
        return paint(Colour.DIM, text);
    }

    enum Colour {
        PLAIN(""),
        DIM("\u001b[2m"),
        BOLD("\u001b[1m"),
        GREEN("\u001b[32m"),
        YELLOW("\u001b[33m"),
        RED("\u001b[31m"),
        CYAN("\u001b[36m");

        private final String on;

        Colour(String on) {
            this.on = on;
        }
    }
}

package org.hemei.platform;

/**
 * How a state is shown: by a word, a colour and a symbol, always all three; one state looks the same everywhere.
 *
 * @param tone family of its colour: wait, go, ok, late, or empty for what is stopped
 */
public record Chip(String words, String tone, String icon) {

    /** The same state where another word says more. */
    public Chip saying(String other) {
        return new Chip(other, tone, icon);
    }
}

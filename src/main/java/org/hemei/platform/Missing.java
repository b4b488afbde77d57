package org.hemei.platform;

/** The thing does not exist, or lies outside what the reader may see: the two look the same from outside. */
public class Missing extends RuntimeException {

    public Missing(String words) {
        super(words, null, false, false);
    }
}

package org.hemei.platform.transfer;

/** A cell as it stands in the file. */
record Raw(Kind kind, String text) {

    enum Kind {
        TEXT,
        NUMBER,
        FORMULA,
        /** #N/A, #REF! and the like */
        ERROR
    }

    static Raw text(String text) {
        return new Raw(Kind.TEXT, text);
    }
}

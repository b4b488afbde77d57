package org.hemei.platform;

/** What waits for a person: a room that gives people work tells how much. */
public interface TodoSource {

    /** The number of things that wait for this reader now. */
    int waiting(Reader reader);
}

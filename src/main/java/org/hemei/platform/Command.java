package org.hemei.platform;

import java.io.PrintStream;
import java.util.List;

/**
 * Something done from the command line, {@code ./hemei NAME …}, on the same data as the application: a check, a rebuild.
 * Beans of this type are found by their name; the application starts without serving pages, runs one and ends.
 */
public interface Command {

    String name();

    /**
     * @param words what stood after the name
     * @param out for the result; the log goes elsewhere
     * @return the exit code, 0 when all is well
     */
    int run(List<String> words, PrintStream out);
}

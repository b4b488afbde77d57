package org.hemei.platform;

import java.util.List;

/** The people of the demo city whom a visitor may be with one click. Nobody, unless the demo is on. */
public interface DemoSignIns {

    /**
     * @param role the role in plain Chinese, such as 社区工作人员
     * @param name masked name
     * @param where the estate, community or body, as text
     * @param account who one is signed in as
     */
    record Person(String role, String name, String where, long account) {}

    /** One or two for each role, in the order to show them. */
    List<Person> people();
}

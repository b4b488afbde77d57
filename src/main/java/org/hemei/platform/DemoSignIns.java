package org.hemei.platform;

import java.util.List;

/** The people of the demo city whom a visitor may be with one click. Nobody, unless the demo is on. */
public interface DemoSignIns {

    /**
     * @param group those one would look for the person among, such as 社区和街道
     * @param role the role in plain Chinese, such as 社区工作人员
     * @param name masked name
     * @param where the estate, community or body, as text
     * @param account who one is signed in as
     */
    record Person(String group, String role, String name, String where, long account) {}

    /** One or two for each role, in the order to show them; those of a group follow each other. */
    List<Person> people();
}

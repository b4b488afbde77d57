package org.hemei.platform;

import java.util.List;
import java.util.Optional;

/**
 * 为什么能看: a room tells what somebody is to one of its things, by the rules that its own pages go by. Asked once with all of
 * a person's grants, then with each alone, so the answer names the grants that count without a copy of the rules.
 */
public interface AccessReason {

    /**
     * @param code in addresses
     * @param words what is chosen on the screen, such as 工单
     * @param hint how its number looks
     */
    record Kind(String code, String words, String hint) {}

    /**
     * @param thing what it is called, without any words of people
     * @param as what the person is to it, in words; empty: it does not exist for them
     */
    record Answer(String thing, List<String> as) {}

    List<Kind> kinds();

    /** @return empty when there is no such thing at all */
    Optional<Answer> ask(String kind, String id, Reader reader);
}

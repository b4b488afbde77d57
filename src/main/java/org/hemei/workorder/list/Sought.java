package org.hemei.workorder.list;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.hemei.platform.db.Where;
import org.hemei.workorder.Grams;
import org.hemei.workorder.HouseNumbers;
import org.jspecify.annotations.Nullable;

/** What somebody typed to find orders by: a number, a house, words. */
record Sought(String q) {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern ORDER_NUMBER = Pattern.compile("(?:\\d{6}-)?(\\d{1,18})");
    private static final Pattern ONE_TERM = Pattern.compile("[a-z0-9]+\\p{IsHan}?");

    /** When it can be the number of an order. */
    @Nullable
    Long number() {
        var number = ORDER_NUMBER.matcher(q);
        return number.matches() ? Long.valueOf(number.group(1)) : null;
    }

    /** The terms that what was typed must have; none for a single character or signs. */
    Set<String> terms() {
        var house = HouseNumbers.in(q);
        var terms = new LinkedHashSet<>(house.terms());
        // word by word: a number is one with what follows it only where nobody put a blank between
        for (var word : house.rest().split("\\s+")) {
            terms.addAll(Grams.terms(word));
        }
        return terms;
    }

    /**
     * Words that must all be there, on {@code work_order_words w}. The terms kept with an order are those of its place as well, which
     * not everybody may know: what was typed is looked for again among what the reader may.
     *
     * @param known a condition on {@code o}: whether the reader may know its place; empty: of every order they find
     */
    void limit(Where where, String known) {
        if (q.isEmpty()) {
            return;
        }
        var terms = terms();
        if (!terms.isEmpty()) {
            where.and("w.grams @> cast(:terms as text[])", "terms", terms.toArray(String[]::new));
        }
        var place = known.isEmpty() ? "w.place" : "case when " + known + " then w.place else '' end";
        var house = HouseNumbers.in(q);
        if (!known.isEmpty()) {
            houses(where, house, known);
        }
        if (house.rest().isEmpty()) {
            return;
        }
        // one character has no pair to look up, and punctuation no term at all: compare the words themselves
        var words = house.rest().split("\\s+");
        for (int n = 0; n < words.length; n++) {
            var compared = terms.isEmpty()
                    || words[n].codePointCount(0, words[n].length()) > 2
                            && !ONE_TERM.matcher(words[n]).matches();
            if (compared || !known.isEmpty()) {
                where.and(
                        (compared ? "" : known + " or ") + "position(lower(:words" + n
                                + ") in lower(w.title || ' ' || w.words || ' ' || " + place + ")) > 0",
                        "words" + n,
                        words[n]);
            }
        }
    }

    /** Of an anonymous order a house counts that its title, words or building say; a dwelling's bare number that they hold. */
    private static void houses(Where where, HouseNumbers house, String known) {
        int n = 0;
        for (var term : house.terms()) {
            var name = "house" + n++;
            if (NUMBER.matcher(term).matches()) {
                where.and(known + " or position(:" + name + " in w.title || ' ' || w.words) > 0", name, term);
            } else {
                where.and(
                        known + " or w.grams @> cast(:" + name + " as text[])", name, new String[] {Grams.known(term)});
            }
        }
    }
}

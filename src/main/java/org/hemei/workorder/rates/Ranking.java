package org.hemei.workorder.rates;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hemei.workorder.measure.Tally;

/**
 * Places among the like. Who has too few cases gets none. Those who cannot be told apart share a place: whoever may, going
 * by the Wilson interval, well be as good as the first of a place belongs to it, so that chance is not taken for merit; the
 * same share is the same place.
 */
record Ranking(List<Place> places, List<Entry> few) {

    record Entry(String key, String name, long households, Tally tally) {}

    /**
     * @param number the first of those who share it; the next place is counted on from all before it
     * @param shared how many share it
     */
    record Place(int number, int shared, List<Entry> entries) {}

    static Ranking of(List<Entry> entries, int least) {
        var ranked = entries.stream()
                .filter(entry -> entry.tally.denominator() >= Math.max(1, least))
                .sorted(Ranking::byShare)
                .toList();
        var few = entries.stream()
                .filter(entry -> entry.tally.denominator() < Math.max(1, least))
                .sorted(Comparator.comparing(Entry::name))
                .toList();
        var places = new ArrayList<Place>();
        var sharing = new ArrayList<Entry>();
        var before = 0;
        for (var entry : ranked) {
            if (!sharing.isEmpty()
                    && entry.tally.interval().high()
                            < sharing.getFirst().tally.interval().low()) {
                places.add(new Place(before + 1, sharing.size(), List.copyOf(sharing)));
                before += sharing.size();
                sharing.clear();
            }
            sharing.add(entry);
        }
        if (!sharing.isEmpty()) {
            places.add(new Place(before + 1, sharing.size(), List.copyOf(sharing)));
        }
        return new Ranking(List.copyOf(places), few);
    }

    /** By the exact share, in whole numbers; of the same share the one made of more cases first, then by name. */
    private static int byShare(Entry one, Entry other) {
        var a = one.tally;
        var b = other.tally;
        int share = Long.compare(b.numerator() * a.denominator(), a.numerator() * b.denominator());
        if (share != 0) {
            return share;
        }
        int cases = Long.compare(b.denominator(), a.denominator());
        return cases != 0 ? cases : one.name.compareTo(other.name);
    }

    int ranked() {
        return places.stream().mapToInt(Place::shared).sum();
    }
}

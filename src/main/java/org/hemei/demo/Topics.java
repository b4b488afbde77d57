package org.hemei.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hemei.demo.City.Estate;
import org.hemei.platform.reference.ReferenceTable;
import org.hemei.workorder.Urgency;

/** What people report, how often, in which months, and in which kind of estate. */
final class Topics {

    /** @param helper word in the name of the body that is asked to help, empty if none; @param helped how often */
    record Topic(
            String code,
            Urgency urgency,
            double weight,
            Set<String> months,
            double peak,
            String where,
            String helper,
            double helped) {

        /** Something to be answered rather than repaired. */
        boolean question() {
            return code.startsWith("fee.")
                    || Set.of("other.suggest", "health.service", "addlift.consult")
                            .contains(code);
        }

        double weight(Estate estate, int month) {
            boolean fits = switch (where) {
                case "lift" -> estate.hasLift();
                case "old" -> estate.built() < 2003;
                case "new" -> estate.built() >= 2003;
                default -> true;
            };
            double season =
                    months.isEmpty() ? 1 : months.contains(String.valueOf(month)) ? peak : peak > 2 ? 0.03 : 0.35;
            return fits ? weight * season : 0;
        }
    }

    private final List<Topic> topics = new ArrayList<>();

    Topics() {
        var urgencies = ReferenceTable.read("reference/categories.csv").records();
        for (var row : ReferenceTable.read("demo/topics.csv").records()) {
            var category = urgencies.stream()
                    .filter(c -> row.get("code").equals(c.get("code")))
                    .findFirst()
                    .orElseThrow();
            var months = row.get("months");
            topics.add(new Topic(
                    row.get("code"),
                    Urgency.of(category.get("urgency")),
                    Double.parseDouble(row.get("weight")),
                    months.isEmpty() ? Set.of() : Set.of(months.split("\\|")),
                    Double.parseDouble(row.get("peak")),
                    row.get("where"),
                    row.get("helper"),
                    Double.parseDouble(row.get("helped"))));
        }
    }

    Topic named(String code) {
        return topics.stream()
                .filter(topic -> topic.code.equals(code))
                .findFirst()
                .orElseThrow();
    }

    Topic pick(Dice dice, Estate estate, int month) {
        var weights = topics.stream()
                .mapToDouble(topic -> topic.weight(estate, month))
                .toArray();
        return topics.get(dice.weighted(weights));
    }
}

package org.hemei.demo;

import java.time.Instant;
import java.util.List;
import org.hemei.demo.City.Building;
import org.hemei.demo.City.Estate;
import org.hemei.platform.time.CivilTime;

/** Puts an order's words together from the phrases: what happened, where, since when, and what the person hopes for. */
final class Wording {

    private static final List<String> NUMBERS = List.of("两", "三", "四", "五", "六", "七", "十");

    /** @param common whether it is about the estate's common ground rather than one building */
    record Said(String title, String words, String place, boolean common) {}

    private final Dice dice = new Dice("wording");
    private final Phrases reports = Phrases.read("demo/reports.txt");
    private final Phrases handling = Phrases.read("demo/handling.txt");

    /** @param entrance number of the entrance the person lives at, or 0 */
    Said report(String topic, Estate estate, Building building, int entrance, Instant at) {
        var line = dice.pick(fitting(topic, estate)).split("\\|");
        int way = entrance > 0 ? entrance : dice.between(1, building.entrances());
        var spot = spot(estate);
        boolean common = line[0].contains("{处}") || line[1].contains("{处}");
        var title = fill(line[0], building, way, spot, at);
        var words = new StringBuilder(title).append("。").append(fill(line[1], building, way, spot, at));
        if (dice.chance(0.45)) {
            words.append(dice.pick(reports.closest("since", topic, "since")));
        }
        if (dice.chance(0.55)) {
            words.append(dice.pick(reports.closest("wish", topic, "wish")));
        }
        var place = common ? spot : way + " 单元";
        return new Said(title, fill(words.toString(), building, way, spot, at), place, common);
    }

    /** Nobody reports a lift or an underground garage where there is none. */
    private List<String> fitting(String topic, Estate estate) {
        return reports.lines(topic).stream()
                .filter(line -> estate.hasLift() || topic.startsWith("addlift") || !line.contains("电梯"))
                .filter(line -> estate.built() >= 2003 || !line.contains("地库") && !line.contains("架空层"))
                .toList();
    }

    private String spot(Estate estate) {
        return dice.pick(reports.lines(estate.built() < 2003 ? "spots.old" : "spots"));
    }

    private String fill(String text, Building building, int entrance, String spot, Instant at) {
        return text.replace("}{", "} {") // figures keep apart: 4 幢 2 单元
                .replace("{楼}", house(building))
                .replace("{单元}", entrance + " 单元")
                .replace("{层}", dice.between(2, building.floors()) + " 楼")
                .replace("{处}", spot)
                .replace("{数}", dice.pick(NUMBERS))
                .replace("{时}", moment(at))
                .replace("旁旁边", "旁边")
                .replaceAll("(?<=\\p{IsHan})(?=\\d)", " ");
    }

    private static String house(Building building) {
        return building.name().replace("幢", " 幢");
    }

    /** 今天早上, as the person says it at that hour. */
    private static String moment(Instant at) {
        int hour = at.atZone(CivilTime.ZONE).getHour();
        return hour < 6 ? "半夜" : hour < 11 ? "今天早上" : hour < 14 ? "今天中午" : hour < 18 ? "今天下午" : "今天晚上";
    }

    /** What somebody notes while the order goes on: the closest section to the topic. */
    String note(String section, String topic) {
        return dice.pick(handling.closest(section, topic, section));
    }

    /** How somebody who phones is written down. */
    String caller() {
        return dice.pick(handling.lines("callers"));
    }

    /** Words with a rating; most people leave none. */
    String rating(int satisfied) {
        return dice.chance(0.35) ? dice.pick(handling.lines("rate." + satisfied)) : "";
    }
}

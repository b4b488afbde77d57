package org.hemei.outside;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hemei.outside.DemoCity.Home;

/** The whole life of one order over the pages: six forms, each sent by the person whose step it is. */
public final class Life {

    /** Who takes the steps of orders from one home. */
    public record Cast(Home home, Visitor.Session resident, Visitor.Session community, Visitor.Session manager) {}

    private enum Who {
        RESIDENT,
        COMMUNITY,
        MANAGER
    }

    private record Step(String verb, Who who, Map<String, String> fields) {}

    private static final String CATEGORY = "facility.light";
    private static final String WORDS = "楼道灯不亮，晚上看不清台阶，请来修一下。";

    private static final List<Step> STEPS = List.of(
            new Step("dispatch", Who.COMMUNITY, Map.of()),
            new Step("take", Who.MANAGER, Map.of()),
            new Step("resolve", Who.MANAGER, Map.of("words", "灯换好了，试过两次都亮。")),
            new Step("verify", Who.COMMUNITY, Map.of("words", "现场看过，亮了。")),
            new Step("rate", Who.RESIDENT, Map.of("solved", "yes", "satisfied", "5", "words", "来得快。")));

    private Life() {}

    /**
     * Goes through it by the pages.
     *
     * @return the versions that the forms of the steps carried
     */
    public static List<Integer> byThePages(Wire wire, Cast cast) throws IOException {
        var versions = new ArrayList<Integer>();
        var order = submit(wire, cast);
        for (var step : STEPS) {
            // the report on the work has a page of its own, the other forms stand on the order's
            var path = "/orders/" + order + (step.verb().equals("resolve") ? "/resolve" : "");
            var page = wire.send(Requests.get(path, session(step, cast).cookie()));
            versions.add(Visitor.versionIn(page, step.verb()));
            take(wire, cast, order, step, versions.getLast());
        }
        return List.copyOf(versions);
    }

    /** Sends the forms only, with the versions that are known beforehand. */
    public static void byTheForms(Wire wire, Cast cast, List<Integer> versions) throws IOException {
        var order = submit(wire, cast);
        for (var n = 0; n < STEPS.size(); n++) {
            take(wire, cast, order, STEPS.get(n), versions.get(n));
        }
    }

    private static String submit(Wire wire, Cast cast) throws IOException {
        var fields = cast.home().submission(CATEGORY, WORDS);
        sign(fields, cast.resident());
        return Visitor.orderIn(
                wire.send(Requests.post("/orders", cast.resident().cookie(), fields)));
    }

    private static void take(Wire wire, Cast cast, String order, Step step, int version) throws IOException {
        var session = session(step, cast);
        var fields = new LinkedHashMap<>(step.fields());
        fields.put("version", String.valueOf(version));
        if (step.verb().equals("dispatch")) {
            fields.put("holder", String.valueOf(cast.home().holder()));
        }
        sign(fields, session);
        var path = "/orders/" + order + "/" + step.verb();
        var reply = wire.send(Requests.post(path, session.cookie(), fields));
        if (!reply.redirects()) {
            throw Visitor.unexpected(path, reply);
        }
    }

    private static void sign(Map<String, String> fields, Visitor.Session session) {
        fields.put("_csrf", session.token());
        fields.put("_once", UUID.randomUUID().toString());
    }

    private static Visitor.Session session(Step step, Cast cast) {
        return switch (step.who()) {
            case RESIDENT -> cast.resident();
            case COMMUNITY -> cast.community();
            case MANAGER -> cast.manager();
        };
    }
}

package org.hemei.platform.log;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Follows the event log. Called in order, in one transaction with the move of its own cursor: each event counts once. */
public interface EventConsumer {

    record Event(int district, long id, Instant at, String kind, String subject, JsonNode body) {}

    /** A name that never changes: its place in the log is kept under it. */
    String name();

    void handle(List<Event> events);
}

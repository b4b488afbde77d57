package org.hemei.platform.webhook;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hemei.platform.log.EventConsumer.Event;

/** The events of one room that other systems may be told of. */
public interface WebhookSource {

    /** @param code as in the event log @param words in Chinese */
    record Kind(String code, String words) {}

    /**
     * @param area where it happened
     * @param data ids and codes, and the path under which the rest can be read by whoever may
     */
    record Said(String area, Map<String, Object> data) {}

    List<Kind> kinds();

    /** Empty when it is none of this room, or of no place. */
    Optional<Said> said(Event event);
}

package org.hemei.platform.notice;

/** Whoever carries text messages: a provider over HTTP, the demo's mailbox, or nobody. */
interface SmsGateway {

    /** @param id the same each time a message is tried, so that a provider can tell a retry from a second message */
    record Message(String id, String phone, String words) {}

    /** Returns once the carrier has taken the message. */
    void deliver(Message message) throws Outbox.Undelivered;
}

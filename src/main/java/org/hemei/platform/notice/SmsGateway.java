package org.hemei.platform.notice;

/** Whoever carries text messages: a provider over HTTP, the demo's mailbox, or nobody. */
interface SmsGateway {

    /** @param id the same each time a message is tried, so that a provider can tell a retry from a second message */
    record Message(String id, String phone, String words) {}

    /** Returns once the carrier has taken the message. */
    void deliver(Message message) throws Undelivered;

    /** Words without number or text of the message: they are kept in the clear. */
    final class Undelivered extends Exception {

        private final boolean worthRetrying;

        Undelivered(String words, boolean worthRetrying) {
            super(words);
            this.worthRetrying = worthRetrying;
        }

        boolean worthRetrying() {
            return worthRetrying;
        }
    }
}

package org.hemei.platform.notice;

import org.jspecify.annotations.Nullable;

/** Whoever carries e-mail: an SMTP server, the demo's mailbox, or nobody. */
interface MailGateway {

    /**
     * @param id becomes the Message-ID, the same each time a letter is tried, by which mailboxes tell a second copy
     * @param unsubscribe address that stops this sort of letter (RFC 8058); null where the letter must be sent
     */
    record Letter(
            String id,
            String to,
            String subject,
            String text,
            @Nullable String unsubscribe) {}

    /** Returns once the carrier has taken the letter. */
    void deliver(Letter letter) throws Outbox.Undelivered;

    /** Whether letters get anywhere: otherwise nobody is asked for an address. */
    default boolean works() {
        return true;
    }
}

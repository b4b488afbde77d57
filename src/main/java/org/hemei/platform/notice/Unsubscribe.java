package org.hemei.platform.notice;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.notice.NoticeKinds.Channel;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Stops one sort of letter without signing in: the address in the letter is signed, so it names an account and a sort and cannot be
 * made by anybody else. It never ends, because old letters keep their link.
 */
@Component
class Unsubscribe {

    record Asked(long account, NoticeKinds.Topic topic) {}

    private static final Pattern FORM = Pattern.compile("(\\d{1,18})\\.([a-z_]{1,40})\\.([A-Za-z0-9_-]{22})");
    private static final int SIGNATURE = 16;

    private final FieldCipher cipher;
    private final NoticeChoices choices;

    Unsubscribe(FieldCipher cipher, NoticeChoices choices) {
        this.cipher = cipher;
        this.choices = choices;
    }

    String token(long account, String topic) {
        return account + "." + topic + "." + signature(account, topic);
    }

    private String signature(long account, String topic) {
        var mac = cipher.blindIndex("unsubscribe:" + account + ":" + topic);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(java.util.Arrays.copyOf(mac, SIGNATURE));
    }

    /** Empty for anything but an address out of one of our letters. */
    Optional<Asked> read(String token) {
        var match = FORM.matcher(token);
        if (!match.matches()) {
            return Optional.empty();
        }
        var account = Long.parseLong(match.group(1));
        var right = MessageDigest.isEqual(
                signature(account, match.group(2)).getBytes(StandardCharsets.US_ASCII),
                match.group(3).getBytes(StandardCharsets.US_ASCII));
        return right
                ? topic(match.group(2)).filter(topic -> !topic.must()).map(topic -> new Asked(account, topic))
                : Optional.empty();
    }

    private Optional<NoticeKinds.Topic> topic(String code) {
        return code.equals(NoticeKinds.DIGEST.code()) ? Optional.of(NoticeKinds.DIGEST) : choices.topic(code);
    }

    /** Whoever does not want the letter of the morning wants none of the sorts in it. */
    @Transactional
    public void stop(Asked asked) {
        var sorts = asked.topic.equals(NoticeKinds.DIGEST) ? choices.topics() : List.of(asked.topic);
        sorts.stream()
                .filter(topic -> !topic.must())
                .forEach(topic -> choices.set(asked.account, topic.code(), Channel.MAIL, false));
    }
}

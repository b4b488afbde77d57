package org.hemei.access;

import java.util.List;
import org.hemei.platform.Refusal;
import org.jspecify.annotations.Nullable;

/** What somebody reads who has shown that an account is theirs, and cannot go in: it was closed. */
public final class ClosedAccount {

    private ClosedAccount() {}

    /** @param field null where there is none; @param reason why; null where nobody said it then */
    public static Refusal refusal(@Nullable String field, @Nullable String reason) {
        var words = "这个账号停用了" + (reason == null ? "" : "，原因：" + reason) + "。不对的话，请找您单位或所在城区的安全管理员。";
        return new Refusal(List.of(new Refusal.Reason(field, words)));
    }
}

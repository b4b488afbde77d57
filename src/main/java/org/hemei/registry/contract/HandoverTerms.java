package org.hemei.registry.contract;

/** Within how long a handover has to be over, where the companies agreed on nothing else. */
public final class HandoverTerms {

    public static final int DAYS = 15;

    public static final String BASIS = "《民法典》第九百四十九条“约定期限或者合理期限”；15 天为示例";

    private HandoverTerms() {}
}

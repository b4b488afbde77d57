package org.hemei.access;

import java.util.List;
import org.hemei.platform.notice.NoticeKinds;
import org.hemei.platform.notice.Notices;
import org.springframework.stereotype.Component;

/** Whose duty was ended reads which, why, and whom to ask. */
@Component
class DutyNotices implements NoticeKinds {

    private static final Topic TOPIC = new Topic("own_duty", "您的职责", "系统里的一项职责结束了，为什么", true, false);

    private final Notices notices;

    DutyNotices(Notices notices) {
        this.notices = notices;
    }

    @Override
    public List<Topic> more() {
        return List.of(TOPIC);
    }

    void ended(long account, Role role, String reason) {
        notices.send(
                TOPIC,
                account,
                0,
                "您的一项职责结束了",
                "“" + role.words() + "”从现在起不再由您办。原因：" + reason + "。不对的话，请找安全管理员。",
                "/me");
    }
}

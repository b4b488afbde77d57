package org.hemei.access;

import org.hemei.platform.Reader;
import org.hemei.platform.Scope;
import org.springframework.security.access.AccessDeniedException;

/** What a grant lets its holder be. The names are stored in access_grant and checked there. */
public enum Role {
    RESIDENT("居民"),
    COMMUNITY("社区工作人员"),
    MANAGER("物业项目经理"),
    STAFF("物业员工"),
    HELPER("助力单位"),
    STREET("街道城市管理部"),
    DISTRICT("区（县、开发区）"),
    CITY("市"),
    ORGANISATION("组织部门"),
    HOUSING("房管部门"),
    /** A third party who inspects estates and asks residents; scores nothing and decides nothing. */
    ASSESSOR("第三方测评员"),
    /** The three administrators (三员分立): accounts and settings; grants; the audit log. Nobody holds two of them. */
    SYSTEM("系统管理员"),
    SECURITY("安全管理员"),
    AUDIT("审计管理员");

    private final String words;

    Role(String words) {
        this.words = words;
    }

    /** Whether it is one of the three that are kept apart from each other and from the business. */
    public boolean administers() {
        return this == SYSTEM || this == SECURITY || this == AUDIT;
    }

    /** The role in plain Chinese. */
    public String words() {
        return words;
    }

    /**
     * For pages that only some roles have at all.
     *
     * @return where the reader holds one of the roles
     * @throws AccessDeniedException answered with 403, when the reader holds none of them anywhere
     */
    public static Scope required(Reader reader, Role... roles) {
        var scope = reader.scope(roles);
        if (scope.isEmpty()) {
            throw new AccessDeniedException("none of the roles this page is for");
        }
        return scope;
    }

    /** Whether the reader acts for some body or area, and not only for their own home. */
    public static boolean isStaff(Reader reader) {
        return reader.grants().stream().anyMatch(grant -> !grant.role().equals(RESIDENT.name()));
    }
}

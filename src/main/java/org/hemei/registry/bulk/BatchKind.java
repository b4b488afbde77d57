package org.hemei.registry.bulk;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hemei.platform.Reader;
import org.hemei.platform.Scope;
import org.hemei.registry.Office;

/** What can be changed for many estates. Contracts are the housing department's, the rest the street's as well. */
enum BatchKind {
    COMMUNITY("换负责的社区", false),
    ADD_KIND("加一种类型", false),
    REMOVE_KIND("去掉一种类型", false),
    PHONE("换服务电话", false),
    SIGN("签给一家企业", true),
    END("结束一家企业的合同", true);

    private final String words;
    private final boolean contract;

    BatchKind(String words, boolean contract) {
        this.words = words;
        this.contract = contract;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    String words() {
        return words;
    }

    static Optional<BatchKind> find(String code) {
        return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
    }

    /** Where this reader may do it. */
    Scope scope(Reader reader) {
        return contract ? reader.scope(Office.HOUSING) : reader.scope(Office.HOUSING, Office.STREET);
    }

    static List<BatchKind> of(Reader reader) {
        return Arrays.stream(values())
                .filter(kind -> !kind.scope(reader).isEmpty())
                .toList();
    }
}

package org.hemei.registry;

import java.util.List;

/** The kinds of estate that the mechanism tells apart; several may hold at once. */
public final class EstateKinds {

    public static final List<String> ALL = List.of("商品房", "三无", "老旧", "自管", "保障房", "回迁房", "单位房", "商住");

    /** Served by the community's own team where no company does (兜底). */
    public static final List<String> BACKSTOPPED = List.of("三无", "老旧", "自管");

    private EstateKinds() {}
}

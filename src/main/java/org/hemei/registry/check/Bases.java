package org.hemei.registry.check;

import java.util.ArrayList;
import java.util.List;
import org.hemei.platform.MechanismCheck;
import org.hemei.platform.MechanismCheck.Basis;
import org.hemei.platform.MechanismCheck.Threshold;

/** What the rules rest on, and the thresholds that every one of them has. */
final class Bases {

    private static final String ARTICLE = "《中国城市报》2021年6月14日第21版";
    private static final String DEFAULT = "本系统默认值，文件没有写比例，各地可以按自己的安排改";

    private Bases() {}

    static Basis article(String quote) {
        return new Basis(ARTICLE, quote);
    }

    /** For rules that hold everywhere or not at all: 均, 每个, 全面覆盖. */
    static List<Threshold> all(String basis, Threshold... own) {
        return thresholds(100, 5, basis, own);
    }

    /** For rules whose document names no share. */
    static List<Threshold> share(int target, int near, Threshold... own) {
        return thresholds(target, near, DEFAULT, own);
    }

    private static List<Threshold> thresholds(int target, int near, String basis, Threshold... own) {
        var all = new ArrayList<Threshold>();
        all.add(new Threshold(MechanismCheck.TARGET, "达标线", "%", target, 1, 100, basis));
        all.add(new Threshold(MechanismCheck.NEAR, "差多少算接近", "个百分点", near, 0, 50, DEFAULT));
        all.addAll(List.of(own));
        return List.copyOf(all);
    }

    static Threshold atLeast(String label, String unit, int value, String basis) {
        return new Threshold("least", label, unit, value, 1, 20, basis);
    }

    static Threshold atMost(String label, String unit, int value, String basis) {
        return new Threshold("most", label, unit, value, 1, 50, basis);
    }
}

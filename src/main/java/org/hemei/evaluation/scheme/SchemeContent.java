package org.hemei.evaluation.scheme;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a scheme says, as data. All points are whole or in hundredths, all weights are percent.
 *
 * @param passLine in hundredths of a point
 * @param leastBallots with fewer valid ballots an estate is not rated
 * @param leastAnswers with fewer graded answers a question of satisfaction does not count; null in what was published before there was such a
 *     number, which stays as it is
 * @param sampleUnits how many units are drawn in an estate; all where there are fewer
 * @param secondShare percent of the estates that a second assessor looks at as well
 * @param gradePoints points of the answers 很不满意 to 很满意
 * @param confidence the factor of the margin of error, in hundredths: 196 for 95 %
 * @param contractPolicy whose score it is when the contract changed within the year
 * @param leastDays who held the contract for fewer days is not rated
 * @param companyPolicy how projects make a company's year
 */
public record SchemeContent(
        List<Dimension> dimensions,
        int passLine,
        int leastBallots,
        int sampleUnits,
        int secondShare,
        List<Integer> gradePoints,
        int confidence,
        ContractPolicy contractPolicy,
        int leastDays,
        CompanyPolicy companyPolicy,
        int collectDays,
        int reviewDays,
        int objectionDays,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer leastAnswers) {

    /** [D]: below it neither a mean nor the error that is computed from the same few answers says anything. */
    static final int LEAST_ANSWERS = 20;

    /** What is looked at; each at most once in a scheme. */
    public enum Kind {
        SATISFACTION("居民满意度", "抽到的住户投票，一户一票"),
        INSPECTION("现场检查", "第三方测评员照清单看"),
        TERRITORY("街道社区评价", "管这个小区的街道和社区打分"),
        CASES("投诉与整改", "从工单里算，件件能查");

        private final String words;
        private final String who;

        Kind(String words, String who) {
            this.words = words;
            this.who = who;
        }

        public String words() {
            return words;
        }

        public String who() {
            return who;
        }

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Who gives the points of an item of {@link Kind#TERRITORY}. */
    public enum Side {
        STREET("街道"),
        COMMUNITY("社区");

        private final String words;

        Side(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** What an item of {@link Kind#CASES} counts. */
    public enum Measure {
        /** Cases a hundred households had: full points up to one number, none from another on, straight in between. */
        DENSITY("每百户工单数"),
        /** The same by the days that the company held the estate: what a hundred households would have had in the whole year. */
        DENSITY_HELD("每百户一年的工单数，按管的天数折算"),
        /** Cases done at the first go, of those whose residents confirmed that they are done. */
        RECTIFIED("一次办好的占确认办好的");

        private final String words;

        Measure(String words) {
            this.words = words;
        }

        /** Whether it has a number for all points and one for none. */
        public boolean density() {
            return this != RECTIFIED;
        }

        public String words() {
            return words;
        }
    }

    /** A contract that changed within the year. */
    public enum ContractPolicy {
        LONGEST("这一年管得最久的那家；一样久，算后接的那家"),
        DAYS("管过的每家都算，按天数折算");

        private final String words;

        ContractPolicy(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** From projects to the company. */
    public enum CompanyPolicy {
        HOUSEHOLDS("按户数加权平均"),
        EQUAL("每个项目一样重");

        private final String words;

        CompanyPolicy(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    public record Dimension(Kind kind, int weight, List<Item> items) {}

    /**
     * @param weight within its dimension
     * @param full for a density: up to this many hundredths of a case, all points; zero: from there on none
     */
    public record Item(
            String code,
            String words,
            int weight,
            @Nullable Side side,
            @Nullable Measure measure,
            int full,
            int zero) {

        public static Item of(String code, String words, int weight) {
            return new Item(code, words, weight, null, null, 0, 0);
        }
    }

    /** How many must have graded a question for it to count. */
    public int answersNeeded() {
        return leastAnswers == null ? 1 : leastAnswers;
    }

    /** How sure one can be of a margin; a factor that stands for no usual share is named itself. */
    public String confidenceWords() {
        return switch (confidence) {
            case 164, 165 -> "有 90% 的把握";
            case 196 -> "有 95% 的把握";
            case 258 -> "有 99% 的把握";
            default -> "按 " + confidence / 100 + "." + String.format("%02d", confidence % 100) + " 倍标准误";
        };
    }

    public Optional<Dimension> dimension(Kind kind) {
        return dimensions.stream().filter(d -> d.kind() == kind).findFirst();
    }

    /** Its items, none where the scheme does not have the dimension. */
    public List<Item> items(Kind kind) {
        return dimension(kind).map(Dimension::items).orElse(List.of());
    }

    /** 默认模板: satisfaction 40, inspection 30, street and community 20, complaints 10; pass at 60. */
    public static SchemeContent template() {
        return new SchemeContent(
                List.of(
                        new Dimension(
                                Kind.SATISFACTION,
                                40,
                                List.of(
                                        Item.of("s1", "小区保洁您满意吗？", 20),
                                        Item.of("s2", "小区秩序和停车您满意吗？", 20),
                                        Item.of("s3", "公共设施维修您满意吗？", 20),
                                        Item.of("s4", "物业人员的态度和反应您满意吗？", 20),
                                        Item.of("s5", "总的来说，您对物业服务满意吗？", 20))),
                        new Dimension(
                                Kind.INSPECTION,
                                30,
                                List.of(
                                        Item.of("i1", "楼道、电梯轿厢干净，没有堆物", 15),
                                        Item.of("i2", "消防通道、消火栓能用，没有占用", 20),
                                        Item.of("i3", "门岗有人，巡查有记录", 15),
                                        Item.of("i4", "绿化养护到位，没有黄土裸露", 10),
                                        Item.of("i5", "公共照明、道路完好", 15),
                                        Item.of("i6", "收费标准、公共收益账目公示", 15),
                                        Item.of("i7", "投诉电话有人接，工单有人办", 10))),
                        new Dimension(
                                Kind.TERRITORY,
                                20,
                                List.of(
                                        new Item("t1", "配合社区工作，参加联席会议", 40, Side.COMMUNITY, null, 0, 0),
                                        new Item("t2", "党组织和党员在小区起作用", 20, Side.COMMUNITY, null, 0, 0),
                                        new Item("t3", "整改落实，重点工作到位", 40, Side.STREET, null, 0, 0))),
                        new Dimension(
                                Kind.CASES,
                                10,
                                List.of(
                                        new Item("c1", "每百户工单数", 40, null, Measure.DENSITY_HELD, 200, 1200),
                                        new Item("c2", "一次办好的占确认办好的", 60, null, Measure.RECTIFIED, 0, 0)))),
                6000,
                30,
                120,
                10,
                List.of(0, 30, 60, 80, 100),
                196,
                ContractPolicy.LONGEST,
                183,
                CompanyPolicy.HOUSEHOLDS,
                30,
                10,
                10,
                LEAST_ANSWERS);
    }
}

package org.hemei.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.file.Path;
import org.hemei.evaluation.YearResult;
import org.hemei.evaluation.listing.ListingState;
import org.hemei.evaluation.listing.ListingThings;
import org.hemei.evaluation.tender.TenderThings;
import org.hemei.platform.Reader;
import org.hemei.platform.attachment.Samples;
import org.hemei.testing.Town;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The bureau decides and serves, the company and the public read; a street makes a tender reference, anybody verifies it. */
class ListingJourneyTest extends Browsing {

    @Autowired
    private ListingThings things;

    @Autowired
    private TenderThings tenders;

    private static void keep(Visit visit, String name) {
        var folder = System.getenv("HEMEI_PICTURES");
        if (folder != null) {
            visit.page()
                    .screenshot(new Page.ScreenshotOptions()
                            .setPath(Path.of(folder, name + ".png"))
                            .setFullPage(true));
        }
    }

    @Test
    void from_a_notice_to_the_public_list_and_a_repair() {
        var near = town().near();
        var id = things.at(ListingState.PROPOSED, near);
        try (var bureau = visit(near.housingDesk(), Screen.DESK, true)) {
            bureau.open("/listings?box=todo").sees("拟列入");
            keep(bureau, "listings-desk");
            bureau.open("/listings/" + id);
            bureau.expecting(422).press("告知企业").sees("请选一般还是严重").expecting(200);
            bureau.choose("一般").write("事实和理由", "两年测评都不合格。");
            keep(bureau, "listing-notice");
            bureau.press("告知企业").sees("已告知").sees("等送达企业");
            bureau.write("告知书哪天送达", things.today().toString()).write("怎么送达的", "当面");
            keep(bureau, "listing-delivery");
            bureau.press("记下告知书送达").sees("送达了，等企业陈述申辩");
        }
        try (var company = visit(near.manager(), Screen.PHONE, false)) {
            company.open("/listings/" + id).sees("不会自动列入").write("要说明的", "电梯配件已经付款。");
            company.page()
                    .setInputFiles(
                            "input[name=documents]", new FilePayload("付款单.pdf", "application/pdf", Samples.pdf()));
            keep(company, "listing-company");
            company.press("陈述申辩").sees("电梯配件已经付款").sees("付款单.pdf");
        }
        things.closeDefence(id);
        things.members(near, 2);
        try (var bureau = visit(near.housingDesk(), Screen.DESK, true)) {
            bureau.open("/listings/" + id);
            bureau.page().locator("select[name^=vote-]").all().forEach(one -> one.selectOption("for"));
            bureau.write("决定的理由，怎么整改、怎么修复", "修好电梯，公示记录。");
            keep(bureau, "listing-decision");
            bureau.press("记下集体决定").sees("待送达").sees("同意 3，不同意 0");
            bureau.write("哪天送达", things.today().toString()).write("怎么送达的", "当面");
            bureau.press("记下送达").sees("列入中");
            keep(bureau, "listing-listed");
            bureau.open("/listings/rules").sees("一起表决").sees("只供参考");
            keep(bureau, "listing-rules");
            bureau.open("/listings/rules/set?what=term").choose("一般").write("最短几个月", "2");
            bureau.write("最长几个月", "13")
                    .write("依据", "某市办法第三条")
                    .write("从哪天起", things.today().plusDays(30).toString());
            bureau.expecting(422).press("定下来").sees("最长 12 个月").expecting(200);
            bureau.write("最长几个月", "10").press("定下来").sees("已经告知的和已经列入的，照告知时的数办");
            bureau.open("/listings/rules").sees("试区人民法院，收到决定起 6 个月内");
            bureau.open("/listings/rules/office").write("主管部门", "");
            bureau.expecting(422).press("填好了").sees("请写主管部门的全称").expecting(200);
            bureau.write("主管部门", "试区住房保障和城乡建设局");
            keep(bureau, "listing-office");
            bureau.press("填好了").sees("以前送达的不变").sees("试区住房保障和城乡建设局");
            bureau.open("/listings/shares").sees("依据没有允许共享");
        }
        clerical(near, id);
        var wrong = things.at(ListingState.LISTED, near);
        things.overturn(wrong);
        try (var anybody = visit(Reader.VISITOR, Screen.PHONE, true)) {
            anybody.open("/").follow("物业“黑名单”").sees("只供参考，不限制投标").sees("自始就是错的");
            keep(anybody, "blacklist-phone");
            anybody.open("/companies/" + near.company() + "/public").sees("列入中");
            keep(anybody, "company-public");
        }
        var asked = things.at(ListingState.REPAIR_VERIFIED, near);
        try (var company = visit(near.manager(), Screen.PHONE, false)) {
            company.open("/listings/" + asked).follow("撤回修复申请");
            company.write("为什么撤回", "还差一盏灯。").press("撤回修复申请").sees("列入中");
            company.write("改了什么", "灯也换好了。").press("申请修复").sees("等街道或主管部门去看");
        }
        try (var street = visit(near.streetDesk(), Screen.PHONE, true)) {
            street.open("/listings?box=todo").sees("申请修复");
            street.open("/listings/" + asked).choose("都到位了").write("看了什么，怎么样", "去看过，灯亮着。");
            street.press("记下核验").sees("修复已核验");
        }
        try (var bureau = visit(near.housingDesk(), Screen.PHONE, false)) {
            bureau.open("/listings/" + asked).choose("同意移出").write("理由", "都改好了。");
            keep(bureau, "listing-repair");
            bureau.press("定能不能移出").sees("修复移出");
        }
    }

    /** What the bureau enters for others and puts right, each with the paper that shows it. */
    private void clerical(Town.Side near, long id) {
        try (var bureau = visit(near.housingDesk(), Screen.PHONE, true)) {
            bureau.open("/listings/" + id).follow("录入企业书面交的材料");
            bureau.choose("异议").write("哪天收到的", things.today().toString());
            bureau.write("材料说了什么", "样本里有不是我们的楼。");
            bureau.expecting(422).press("录入企业书面交的材料").sees("请附上书面材料").expecting(200);
            keep(bureau, "listing-paper");
            bureau.page()
                    .setInputFiles(
                            "input[name=documents]", new FilePayload("异议.pdf", "application/pdf", Samples.pdf()));
            bureau.press("录入企业书面交的材料").sees("主管部门录入").sees("异议.pdf");
            bureau.follow("登记复议、诉讼").choose("行政诉讼").write("哪里受理的，文号", "某区法院");
            bureau.page()
                    .setInputFiles(
                            "input[name=documents]", new FilePayload("应诉通知书.pdf", "application/pdf", Samples.pdf()));
            keep(bureau, "listing-appeal");
            bureau.press("登记复议、诉讼").sees("正在行政诉讼，列入暂时不变");
            bureau.follow("停止执行，暂停公布").write("哪个机关定的，文号", "某区法院裁定。");
            bureau.page()
                    .setInputFiles(
                            "input[name=documents]", new FilePayload("裁定书.pdf", "application/pdf", Samples.pdf()));
            keep(bureau, "listing-suspension");
            bureau.press("停止执行，暂停公布").sees("停止执行，暂停公布；期限照算");
            bureau.follow("恢复公布").write("为什么恢复，文号", "裁定已经撤销。");
            bureau.page()
                    .setInputFiles(
                            "input[name=documents]", new FilePayload("裁定书.pdf", "application/pdf", Samples.pdf()));
            bureau.press("恢复公布").sees("正在行政诉讼，列入暂时不变");
        }
        try (var bureau = visit(near.housingDesk(), Screen.DESK, true)) {
            bureau.open("/listings/" + id).follow("更正送达日").sees("企业的时间只会多，不会少");
            keep(bureau, "listing-service-day");
            bureau.follow("撤销列入").choose("自行纠正").write("哪份文书，为什么", "查出样本错了。");
            keep(bureau, "listing-revocation");
        }
    }

    @Test
    void a_tender_reference_from_the_form_to_its_verification() {
        var near = town().near();
        things.at(ListingState.LISTED, near);
        var other = things.company(near);
        things.year(other, things.thisYear() - 1, YearResult.PASS, false);
        String number;
        try (var street = visit(near.streetDesk(), Screen.DESK, true)) {
            street.open("/tender-references").follow("出一份");
            street.write("招标项目", "花园物业招标").write("招标编号", "ZB-17").write("谁招标", "业主委员会");
            street.expecting(422).press("先看一遍").sees("一行一家").expecting(200);
            keep(street, "tender-new");
            street.write("投标的企业", tenders.creditCode(near.company()) + "\n" + tenders.creditCode(other));
            street.press("先看一遍").sees("看一遍再出").sees("没有成绩");
            keep(street, "tender-check");
            street.press("签名，出参考").sees("是真的").sees("只供参考，不限制投标").sees("没有成绩");
            keep(street, "tender-desk");
            number = street.page().locator(".page-h .soft").innerText();
        }
        things.year(other, things.thisYear() - 1, YearResult.FAIL, true);
        try (var anybody = visit(Reader.VISITOR, Screen.PHONE, false)) {
            anybody.open("/tender-references/verify")
                    .write("编号或核对码", number)
                    .press("核对")
                    .sees("出了以后有变化");
            keep(anybody, "tender-verify");
        }
    }
}

package org.hemei.registry.bulk;

import java.util.HashMap;
import java.util.Map;
import org.hemei.platform.Scope;
import org.hemei.platform.web.Form;
import org.hemei.registry.Areas;
import org.hemei.registry.contract.Fee;
import org.hemei.registry.estate.EstateView;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what the change is to be, for each kind of change its own fields. */
@Component
class BatchForm {

    private final Areas areas;
    private final JdbcClient jdbc;

    BatchForm(Areas areas, JdbcClient jdbc) {
        this.areas = areas;
        this.jdbc = jdbc;
    }

    Map<String, String> read(BatchKind kind, Form form, Scope scope) {
        var detail = new HashMap<String, String>();
        switch (kind) {
            case COMMUNITY -> detail.put("community", community(form, scope));
            case ADD_KIND, REMOVE_KIND -> detail.put("kind", type(form));
            case PHONE -> detail.put("phone", phone(form));
            case SIGN -> {
                company(form, detail);
                var first = form.neededDay("first", "请选第一天。");
                var last = form.day("last");
                var fee = Fee.read(form, "fee");
                detail.put("first", first.toString());
                detail.put("last", last == null ? "" : last.toString());
                detail.put("fee", fee == null ? "" : fee.toString());
            }
            case END -> {
                company(form, detail);
                detail.put("last", form.neededDay("last", "请选最后一天。").toString());
            }
        }
        return detail;
    }

    private String community(Form form, Scope scope) {
        var code = form.get("community");
        var fine = code.matches("\\d{12}")
                && scope.covers(code)
                && areas.find(code)
                        .filter(area -> area.level().equals("community"))
                        .isPresent();
        if (!fine) {
            form.wrong("community", "请选换到哪个社区。");
        }
        return code;
    }

    private static String type(Form form) {
        var type = form.get("type");
        if (!EstateView.KINDS.contains(type)) {
            form.wrong("type", "请选一种类型。");
        }
        return type;
    }

    private static String phone(Form form) {
        var phone = form.text("phone", 30, "请填新的服务电话。");
        if (!phone.isEmpty() && !phone.matches("[0-9][0-9 -]{2,29}")) {
            form.wrong("phone", "只填数字和横线，例如 0551-6220 0000。");
        }
        return phone;
    }

    private void company(Form form, Map<String, String> detail) {
        var id = form.chosen("to_company", "请先找到并选定企业。");
        detail.put("company", String.valueOf(id));
        detail.put(
                "company_name",
                jdbc.sql("select name from body where id = ? and kind = 'company'")
                        .param(id)
                        .query(String.class)
                        .optional()
                        .orElse(""));
        if (id != 0 && detail.get("company_name").isEmpty()) {
            form.wrong("to_company", "没有这家企业。请重新找。");
        }
    }
}

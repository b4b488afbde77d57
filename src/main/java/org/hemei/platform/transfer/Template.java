package org.hemei.platform.transfer;

import java.io.IOException;
import java.io.OutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** An empty file to fill in: the columns with drop-downs, a sheet that explains them, one with an example, one with choices. */
final class Template {

    private static final int ROWS = 5_000;
    private static final int EXCEL_LIST = 250; // the longest list that a cell's own rule can hold

    private Template() {}

    static void write(Sheet sheet, OutputStream out) throws IOException {
        var book = new Workbook(out, "Hemei", "1.0");
        var page = book.newWorksheet(sheet.title());
        var help = book.newWorksheet("填写说明");
        var choices = book.newWorksheet("可选内容");
        heading(page, sheet);
        heading(help);
        for (var n = 0; n < sheet.columns().size(); n++) {
            var column = sheet.columns().get(n);
            explain(help, n + 4, column);
            choices(page, choices, n, column);
            if (column.kind() != Column.Kind.WHOLE && column.kind() != Column.Kind.DECIMAL) {
                // text, or a spreadsheet would make numbers of codes and days
                page.range(1, n, ROWS, n).style().format("@").set();
            }
        }
        help.value(0, 0, sheet.about());
        help.value(1, 0, "从第 2 行起填，一行一个。列名带 * 的要填。不要合并单元格，不要用公式。没有的列可以整列删掉，删掉的内容不改；留空的格会清空。");
        help.style(0, 0).bold().set();
        example(book.newWorksheet("例子"), sheet);
        book.finish();
    }

    static void heading(Worksheet page, Sheet sheet) {
        for (var n = 0; n < sheet.columns().size(); n++) {
            var column = sheet.columns().get(n);
            page.value(0, n, column.title());
            page.style(0, n).bold().set();
            page.width(n, Math.max(12, Math.min(30, column.example().length() * 1.6 + 4)));
        }
        page.freezePane(0, 1);
    }

    private static void heading(Worksheet help) {
        var titles = new String[] {"列", "要不要填", "怎么填", "例子"};
        for (var n = 0; n < titles.length; n++) {
            help.value(3, n, titles[n]);
            help.style(3, n).bold().set();
        }
        help.width(0, 18);
        help.width(1, 12);
        help.width(2, 70);
        help.width(3, 26);
    }

    private static void explain(Worksheet help, int line, Column column) {
        help.value(line, 0, column.heading());
        help.value(line, 1, column.required() ? "要填" : "可以不填");
        help.value(
                line,
                2,
                column.hint()
                        + (column.choices().isEmpty()
                                ? ""
                                : "可以填：" + String.join("、", column.choices().keySet()) + "。"));
        help.value(line, 3, column.example());
    }

    private static void choices(Worksheet page, Worksheet choices, int n, Column column) {
        choices.value(0, n, column.heading());
        choices.style(0, n).bold().set();
        var line = 1;
        for (var word : column.choices().keySet()) {
            choices.value(line++, n, word);
        }
        if (column.choices().isEmpty() || column.kind() == Column.Kind.CHOICES) {
            return;
        }
        var list = String.join(",", column.choices().keySet());
        if (list.length() <= EXCEL_LIST) {
            page.range(1, n, ROWS, n)
                    .validateWithListByFormula("\"" + list + "\"")
                    .allowBlank(true)
                    .showErrorMessage(true)
                    .errorTitle(column.heading())
                    .error("请从下拉里选。");
        } else {
            page.range(1, n, ROWS, n)
                    .validateWithList(choices.range(1, n, line - 1, n))
                    .allowBlank(true)
                    .showErrorMessage(true)
                    .errorTitle(column.heading())
                    .error("请从下拉里选。");
        }
    }

    private static void example(Worksheet page, Sheet sheet) {
        heading(page, sheet);
        for (var n = 0; n < sheet.columns().size(); n++) {
            page.value(1, n, sheet.columns().get(n).example());
        }
    }
}

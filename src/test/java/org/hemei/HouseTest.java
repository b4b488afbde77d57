package org.hemei;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The rooms use only what their package-info allows, and no arrow goes round in a circle. */
class HouseTest {

    @Test
    void the_rooms_keep_to_their_doors() {
        ApplicationModules.of(Hemei.class).verify();
    }

    private static final Pattern TEXT =
            Pattern.compile("\"\"\"(.*?)\"\"\"|\"((?:\\\\.|[^\"\\\\\\n])*)\"", Pattern.DOTALL);

    private static final Pattern DATABASE_TIME = Pattern.compile(
            "(?<![\\w.])(?:now\\(\\)|(?:clock|transaction|statement)_timestamp\\(\\)|current_(?:date|time|timestamp)\\b|localtime(?:stamp)?\\b)",
            Pattern.CASE_INSENSITIVE);

    /** Time is injected: what is valid today is asked with the application's own civil day, bound to the statement. */
    @Test
    void no_statement_asks_the_database_what_time_it_is() throws IOException {
        var found = new ArrayList<String>();
        try (var files = Files.walk(Path.of("src", "main", "java"))) {
            for (var file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                var text = TEXT.matcher(Files.readString(file));
                while (text.find()) {
                    var said = text.group(1) == null ? text.group(2) : text.group(1);
                    var time = DATABASE_TIME.matcher(said);
                    if (time.find()) {
                        found.add(file + ": " + time.group());
                    }
                }
            }
        }
        assertThat(found).isEmpty();
        assertThat(DATABASE_TIME.matcher("where during @> current_date").find()).isTrue();
        assertThat(DATABASE_TIME.matcher("since <= now() and").find()).isTrue();
    }

    /** A list can grow, so its sheet is made behind the pages; at once come only what one file or one sealed report holds. */
    @Test
    void no_list_is_written_as_a_sheet_within_a_request() throws IOException {
        var found = new ArrayList<String>();
        try (var files = Files.walk(Path.of("src", "main", "java"))) {
            for (var file :
                    files.filter(f -> f.toString().endsWith("Pages.java")).toList()) {
                if (Files.readString(file).contains("ExcelTable.open(")) {
                    found.add(file.getFileName().toString());
                }
            }
        }
        assertThat(found).containsExactlyInAnyOrder("ImportPages.java", "ReportPages.java");
    }
}

package org.hemei.oversight;

import java.io.IOException;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Scope;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** Loading the outlines of areas, for the heat map. */
@Controller
class BoundaryPages {

    private static final int MOST_BYTES = 8 * 1024 * 1024;

    private final Boundaries boundaries;

    BoundaryPages(Boundaries boundaries) {
        this.boundaries = boundaries;
    }

    static boolean keeps(Reader reader) {
        return reader.has(Role.CITY) || reader.has(Role.SYSTEM);
    }

    @GetMapping("/mechanism/boundaries")
    ModelAndView form(Reader reader) {
        return page(Role.required(reader, Role.CITY, Role.SYSTEM), FormErrors.NONE);
    }

    @PostMapping("/mechanism/boundaries")
    ModelAndView load(Reader reader, @RequestParam(required = false) @Nullable MultipartFile file) throws IOException {
        var scope = Role.required(reader, Role.CITY, Role.SYSTEM);
        try {
            if (file == null || file.isEmpty()) {
                throw Refusal.of("file", "请选一个 GeoJSON 文件。");
            }
            if (file.getSize() > MOST_BYTES) {
                throw Refusal.of("file", "文件太大了，最多 8 MB。请简化后再传。");
            }
            boundaries.load(reader, scope, file.getBytes());
            return FormAnswer.seeOther("/mechanism/boundaries?done=1");
        } catch (Refusal refused) {
            return page(scope, FormErrors.of(refused));
        }
    }

    private ModelAndView page(Scope scope, FormErrors errors) {
        return new ModelAndView(
                "oversight/boundaries",
                Map.of("errors", errors, "levels", boundaries.levels(scope)),
                errors.any() ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.OK);
    }
}

package org.hemei.access.token;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a program is to be, as the system administrator writes it.
 *
 * @param owner the body whose program it is; what its account is granted stays within that body's area
 * @param keeper sign-in name of whoever draws its tokens
 * @param last the last day on which they work
 */
public record Wish(
        String name,
        String purpose,
        long owner,
        String keeper,
        List<String> scopes,
        int perMinute,
        @Nullable LocalDate last) {}

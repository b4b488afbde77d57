package org.hemei.registry.people;

import java.time.LocalDate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Posts end with their body: nobody holds one in something that is no more. */
@Component
public class PostsEnding {

    private final JdbcClient jdbc;

    PostsEnding(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Within the caller's transaction.
     *
     * @param day the first on which the body is no more; a post that would have begun later never begins
     * @return how many posts ended
     */
    public int with(long body, LocalDate day) {
        jdbc.sql("delete from appointment where body = ? and lower(during) >= ?")
                .params(body, day)
                .update();
        return jdbc.sql("""
                update appointment set during = daterange(lower(during), :day)
                where body = :body and (upper(during) is null or upper(during) > :day)
                """).param("body", body).param("day", day).update();
    }
}

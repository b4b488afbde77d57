package org.hemei.access;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sessions in the database, with one statement for a request that only reads: no transaction around the look-up, and
 * no write unless something changed or a minute went by.
 */
final class LeanSessions implements SessionRepository<HeldSession>, InitializingBean, DisposableBean {

    /** The session with what it holds and, as one value more, who its owner is at this moment. */
    static final String FOUND = """
            select s.primary_id, s.session_id, s.creation_time, s.last_access_time, s.max_inactive_interval,
                   v.attribute_name, v.attribute_bytes
            from spring_session s
                     left join lateral (
                         select t.attribute_name, t.attribute_bytes
                         from spring_session_attributes t where t.session_primary_id = s.primary_id
                         union all
                         select '%s', convert_to('%s' || %s, 'UTF8')
                         from account a join person p on p.id = a.person
                         where a.id = cast(s.principal_name as bigint) and a.disabled_at is null) v on true
            where s.session_id = ?
            """.formatted(ReaderRow.ATTRIBUTE, SessionCodec.READER, ReaderRow.SQL);

    private static final ScopedValue<Boolean> WRITING = ScopedValue.newInstance();

    private final JdbcIndexedSessionRepository table;
    private final SessionRepository<Session> typed;

    @SuppressWarnings("unchecked") // the session class of the library is not visible; it only ever gets its own back
    LeanSessions(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        var own = new TransactionTemplate(transactions);
        own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        table = new JdbcIndexedSessionRepository(jdbc, new WritesOnly(own));
        table.setTableName("spring_session");
        table.setGetSessionQuery(FOUND);
        table.setConversionService(SessionCodec.conversion());
        table.setIndexResolver(LeanSessions::owner);
        table.setDefaultMaxInactiveInterval(SignIn.VISITOR_IDLE);
        table.setCleanupCron("0 */10 * * * *");
        typed = (SessionRepository<Session>) (SessionRepository<?>) table;
    }

    private static Map<String, String> owner(Session session) {
        SignedIn signedIn = session.getAttribute(SignedIn.ATTRIBUTE);
        return signedIn == null
                ? Map.of()
                : Map.of(
                        FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, String.valueOf(signedIn.account()));
    }

    @Override
    public HeldSession createSession() {
        return HeldSession.fresh(typed.createSession());
    }

    @Override
    public void save(HeldSession session) {
        if (session.worthWriting()) {
            ScopedValue.where(WRITING, true).run(() -> typed.save(session.inner()));
            session.written();
        }
    }

    @Override
    public @Nullable HeldSession findById(String id) {
        var found = typed.findById(id);
        return found == null ? null : HeldSession.read(found);
    }

    @Override
    public void deleteById(String id) {
        typed.deleteById(id);
    }

    @Override
    public void afterPropertiesSet() {
        table.afterPropertiesSet();
    }

    @Override
    public void destroy() {
        table.destroy();
    }

    /** A transaction for what must be written together; none for a single statement. */
    private record WritesOnly(TransactionOperations own) implements TransactionOperations {
        @Override
        @SuppressWarnings("NullAway") // a callback may give null, in the library as here
        public <T> T execute(TransactionCallback<T> work) {
            return WRITING.isBound()
                    ? own.execute(work)
                    : TransactionOperations.withoutTransaction().execute(work);
        }
    }
}

package org.hemei.workorder.supervision;

import org.hemei.platform.log.Audit;
import org.hemei.platform.transfer.ListExport;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/** The four lists can each be taken away. */
@Configuration(proxyBeanMethods = false)
class PressedExports {

    private final PressedQueries queries;
    private final Audit audit;
    private final TransactionTemplate transaction;

    PressedExports(PressedQueries queries, Audit audit, TransactionTemplate transaction) {
        this.queries = queries;
        this.audit = audit;
        this.transaction = transaction;
    }

    private ListExport of(PressedKind kind) {
        return new PressedExport(kind, queries, audit, transaction);
    }

    @Bean
    ListExport disputesExport() {
        return of(PressedKind.DISPUTES);
    }

    @Bean
    ListExport supervisionsExport() {
        return of(PressedKind.SUPERVISIONS);
    }

    @Bean
    ListExport instructionsExport() {
        return of(PressedKind.INSTRUCTIONS);
    }

    @Bean
    ListExport transfersExport() {
        return of(PressedKind.TRANSFERS);
    }
}

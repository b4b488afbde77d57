package org.hemei.platform.db;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says it in a sentence instead of a stack trace. Named in META-INF/spring.factories. */
final class DataInUseAnalyzer extends AbstractFailureAnalyzer<DataInUse> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, DataInUse cause) {
        return new FailureAnalysis(cause.getMessage(), null, cause);
    }
}

package org.hemei.platform;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in two lines instead of a stack trace which setting is wrong and what it may be. */
final class WrongSettingAnalyzer extends AbstractFailureAnalyzer<WrongSetting> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, WrongSetting wrong) {
        return new FailureAnalysis(wrong.getMessage() + ", which is no value it can have.", wrong.remedy(), wrong);
    }
}

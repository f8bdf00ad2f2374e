package io.faultline.respond.notify.channel;

import io.faultline.model.Cause;
import io.faultline.model.CauseCategory;
import io.faultline.model.Level;

/** The words of messages. */
public enum Phrase {
    OPENED("new incident", "新事件"),
    SEVERITY_RAISED("severity raised", "严重程度升高"),
    REOPENED("open again", "事件重新打开"),
    RESOLVED("resolved", "已恢复"),
    MERGED("merged", "已合并"),
    REPEATED("still open", "仍未恢复"),
    ESCALATED("not acknowledged", "无人确认，已升级"),
    TEST("test", "测试"),
    WHERE("where", "位置"),
    SINCE("since", "开始时间"),
    UNTIL("last seen", "最后出现"),
    CAUSE("cause", "原因"),
    EVIDENCE("evidence", "证据"),
    WHAT_TO_DO("what to do", "处理建议"),
    INCIDENT("incident", "事件编号"),
    INFORMATIONAL("informational", "提示"),
    LOW("low", "低"),
    MEDIUM("medium", "中"),
    HIGH("high", "高"),
    CRITICAL("critical", "严重"),
    DATA("data", "数据"),
    MODEL("model", "模型"),
    ENVIRONMENT("environment", "环境"),
    CODE("code", "代码"),
    UNKNOWN("unknown", "未知"),
    CONFIRMED("confirmed", "已确认"),
    LIKELY("likely", "很可能");

    private final String english;
    private final String chinese;

    Phrase(String english, String chinese) {
        this.english = english;
        this.chinese = chinese;
    }

    public String in(Language language) {
        return switch (language) {
            case EN -> english;
            case ZH -> chinese;
        };
    }

    static Phrase of(NotifyReason reason) {
        return valueOf(reason.name());
    }

    static Phrase of(Level level) {
        return valueOf(level.name());
    }

    static Phrase of(CauseCategory category) {
        return valueOf(category.name());
    }

    static Phrase of(Cause.Verdict verdict) {
        return valueOf(verdict.name());
    }
}

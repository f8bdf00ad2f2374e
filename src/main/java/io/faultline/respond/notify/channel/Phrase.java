package io.faultline.respond.notify.channel;

import io.faultline.model.Cause;
import io.faultline.model.CauseCategory;
import io.faultline.model.Incident;
import io.faultline.model.Level;
import java.util.Locale;

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
    DRILL("drill", "演习"),
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
    LIKELY("likely", "很可能"),
    IN_COMMON("in common", "共同点"),
    COST("cost", "代价"),
    CHANGED("changed before", "此前变更"),
    ALSO("also", "同时告知"),
    LOGS("logs", "日志"),
    RUNBOOK("runbook", "处理手册"),
    VERDICT("right, wrong or noise?", "判断是否准确"),
    OPEN("open", "未恢复"),
    MORE("… +%d more", "……还有 %d 条"),
    MORE_INCIDENTS("+%d more incidents", "另有 %d 个事件"),
    GPU_HOURS("%s GPU hours on %d GPUs", "%2$d 块 GPU 共 %1$s GPU 小时"),
    SO_FAR(" so far", "，仍在增加"),
    SHARE("%d of %d in %s %s", "%3$s %4$s 中 %2$d 个有 %1$d 个"),
    ELSEWHERE(", %d elsewhere", "，此外还有 %d 个"),
    BEFORE("%s, %s before", "%s，%s之前"),
    SECONDS("%d s", "%d 秒"),
    MINUTES("%d min", "%d 分钟"),
    HOURS("%d h", "%d 小时"),
    DAYS("%d d", "%d 天");

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

    /** The phrase with its places filled. */
    public String in(Language language, Object... values) {
        return String.format(Locale.ROOT, in(language), values);
    }

    static Phrase of(Incident.State state) {
        return valueOf(state.name());
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

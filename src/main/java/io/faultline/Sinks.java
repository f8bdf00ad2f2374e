package io.faultline;

import io.faultline.model.ActionRequest;
import io.faultline.model.Alert;
import io.faultline.model.AlertState;
import io.faultline.model.AuditEntry;
import io.faultline.model.Incident;
import io.faultline.model.JobAccount;
import io.faultline.model.LogEvent;
import io.faultline.model.NearMiss;
import io.faultline.model.Notification;
import io.faultline.model.Rejected;
import io.faultline.model.RulePrecision;
import io.faultline.model.RuleStatus;
import io.faultline.model.WindowStatistics;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Where results go: Elasticsearch, Kafka, NDJSON files and the console in production, lists in tests. */
public interface Sinks {

    void events(DataStream<LogEvent> events);

    void statistics(DataStream<WindowStatistics> statistics);

    void alerts(DataStream<Alert> alerts);

    /** How alerts go on. */
    void alertStates(DataStream<AlertState> states);

    /** What rules nearly told. */
    void nearMisses(DataStream<NearMiss> misses);

    /** How jobs spent their time. */
    void accounts(DataStream<JobAccount> accounts);

    void incidents(DataStream<Incident> incidents);

    /** What the job asks executors and people for. */
    void actions(DataStream<ActionRequest> actions);

    /** What people and the job did. */
    void audit(DataStream<AuditEntry> entries);

    void notifications(DataStream<Notification> notifications);

    /** What people's verdicts say of rules. */
    void rulePrecision(DataStream<RulePrecision> precision);

    void rejected(DataStream<Rejected> rejected);

    /** What became of rules while the job runs. */
    void ruleStatus(DataStream<RuleStatus> status);
}

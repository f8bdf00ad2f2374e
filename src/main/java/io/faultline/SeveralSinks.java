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
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Gives every stream to each of several sinks. */
final class SeveralSinks implements Sinks {

    private final List<Sinks> all;

    SeveralSinks(Sinks... all) {
        this.all = List.of(all);
    }

    @Override
    public void events(DataStream<LogEvent> events) {
        each(sinks -> sinks.events(events));
    }

    @Override
    public void statistics(DataStream<WindowStatistics> statistics) {
        each(sinks -> sinks.statistics(statistics));
    }

    @Override
    public void alerts(DataStream<Alert> alerts) {
        each(sinks -> sinks.alerts(alerts));
    }

    @Override
    public void alertStates(DataStream<AlertState> states) {
        each(sinks -> sinks.alertStates(states));
    }

    @Override
    public void nearMisses(DataStream<NearMiss> misses) {
        each(sinks -> sinks.nearMisses(misses));
    }

    @Override
    public void accounts(DataStream<JobAccount> accounts) {
        each(sinks -> sinks.accounts(accounts));
    }

    @Override
    public void incidents(DataStream<Incident> incidents) {
        each(sinks -> sinks.incidents(incidents));
    }

    @Override
    public void actions(DataStream<ActionRequest> actions) {
        each(sinks -> sinks.actions(actions));
    }

    @Override
    public void audit(DataStream<AuditEntry> entries) {
        each(sinks -> sinks.audit(entries));
    }

    @Override
    public void notifications(DataStream<Notification> notifications) {
        each(sinks -> sinks.notifications(notifications));
    }

    @Override
    public void rulePrecision(DataStream<RulePrecision> precision) {
        each(sinks -> sinks.rulePrecision(precision));
    }

    @Override
    public void rejected(DataStream<Rejected> rejected) {
        each(sinks -> sinks.rejected(rejected));
    }

    @Override
    public void ruleStatus(DataStream<RuleStatus> status) {
        each(sinks -> sinks.ruleStatus(status));
    }

    private void each(Consumer<Sinks> give) {
        all.forEach(give);
    }
}

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
import io.faultline.respond.remediate.RemediateSettings;
import io.faultline.store.StoreSettings;
import io.faultline.store.document.ActionDocument;
import io.faultline.store.document.AlertDocument;
import io.faultline.store.document.AlertStateDocument;
import io.faultline.store.document.AuditDocument;
import io.faultline.store.document.Document;
import io.faultline.store.document.EventDocument;
import io.faultline.store.document.IncidentDocument;
import io.faultline.store.document.JobAccountDocument;
import io.faultline.store.document.NearMissDocument;
import io.faultline.store.document.NotificationDocument;
import io.faultline.store.document.RejectedDocument;
import io.faultline.store.document.RulePrecisionDocument;
import io.faultline.store.document.StatisticsDocument;
import io.faultline.store.elasticsearch.DocumentSink;
import io.faultline.store.kafka.ActionTopicSink;
import io.faultline.store.kafka.TopicSink;
import io.faultline.store.ndjson.NdjsonSink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;

/** The places that the settings name: Elasticsearch, NDJSON files, Kafka topics; each may be off. */
final class ConfiguredSinks implements Sinks {

    private final StoreSettings settings;
    private final RemediateSettings remediate;

    ConfiguredSinks(JobSettings settings) {
        this.settings = settings.store();
        this.remediate = settings.remediate();
    }

    @Override
    public void events(DataStream<LogEvent> events) {
        documents(events, new EventDocument());
    }

    @Override
    public void statistics(DataStream<WindowStatistics> statistics) {
        documents(statistics, new StatisticsDocument());
    }

    @Override
    public void alerts(DataStream<Alert> alerts) {
        documents(alerts, new AlertDocument());
    }

    @Override
    public void alertStates(DataStream<AlertState> states) {
        documents(states, new AlertStateDocument());
    }

    @Override
    public void nearMisses(DataStream<NearMiss> misses) {
        documents(misses, new NearMissDocument());
    }

    @Override
    public void accounts(DataStream<JobAccount> accounts) {
        documents(accounts, new JobAccountDocument());
    }

    @Override
    public void incidents(DataStream<Incident> incidents) {
        documents(incidents, new IncidentDocument());
        if (settings.kafka().hasIncidents()) {
            step("kafka-incidents", TopicSink.incidents(incidents, settings.kafka()));
        }
    }

    @Override
    public void actions(DataStream<ActionRequest> actions) {
        documents(actions, new ActionDocument());
        if (remediate.isOn()) {
            step("kafka-actions", ActionTopicSink.add(actions, remediate.bootstrapServers(), remediate.actionsTopic()));
        }
    }

    @Override
    public void audit(DataStream<AuditEntry> entries) {
        documents(entries, new AuditDocument());
    }

    @Override
    public void notifications(DataStream<Notification> notifications) {
        documents(notifications, new NotificationDocument());
    }

    @Override
    public void rulePrecision(DataStream<RulePrecision> precision) {
        documents(precision, new RulePrecisionDocument());
    }

    @Override
    public void rejected(DataStream<Rejected> rejected) {
        documents(rejected, new RejectedDocument());
        if (settings.kafka().hasRejected()) {
            step("kafka-rejected", TopicSink.rejected(rejected, settings.kafka()));
        }
    }

    @Override
    public void ruleStatus(DataStream<RuleStatus> status) {
        if (settings.kafka().hasRuleStatus()) {
            step("kafka-rule-status", TopicSink.ruleStatus(status, settings.kafka()));
        }
    }

    private <T> void documents(DataStream<T> stream, Document<T> document) {
        if (settings.elasticsearch().isOn()) {
            step("elasticsearch-" + document.name(), DocumentSink.add(stream, document, settings.elasticsearch()));
        }
        if (settings.ndjson().isOn()) {
            step("ndjson-" + document.name(), NdjsonSink.add(stream, document, settings.ndjson()));
        }
    }

    private static void step(String name, DataStreamSink<?> sink) {
        sink.uid(name).name(name);
    }
}

package io.faultline.store.document;

import io.faultline.model.LogEvent;
import io.faultline.model.Origin;
import io.faultline.model.QualityMark;
import io.faultline.model.Severity;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Events: {@code faultline-events-yyyy.MM.dd}. What {@code faultline parse} prints. */
public final class EventDocument implements Document<LogEvent> {

    /** A clock that is this far off would make an index a day of its own, and a node holds 1000 shards. */
    private static final Duration PAST = Duration.ofDays(366);

    private static final Duration FUTURE = Duration.ofDays(2);

    private static final QualityMark[] MARKS = QualityMark.values();

    @Override
    public String name() {
        return "events";
    }

    /** The line's place and its text: a rotated file has other lines in the same places. */
    @Override
    public String id(LogEvent event) {
        Origin origin = event.origin();
        DocumentId id = DocumentId.hash()
                .with(origin.type().name())
                .with(origin.name())
                .with(origin.partition())
                .with(origin.position())
                .with(event.message());
        return (origin.part() == 0 ? id : id.with(origin.part())).text();
    }

    @Override
    public Instant day(LogEvent event) {
        Instant timestamp = event.timestamp();
        Instant observed = event.observedTimestamp();
        Duration behind = Duration.between(timestamp, observed);
        return behind.compareTo(PAST) > 0 || behind.negated().compareTo(FUTURE) > 0 ? observed : timestamp;
    }

    @Override
    public void fields(LogEvent event, Fields fields) throws IOException {
        fields.time("@timestamp", event.timestamp());
        fields.text("message", event.message());
        fields.text("log.level", level(event.severityNumber()));
        fields.text("event.kind", "event");
        fields.text("event.action", event.kind().id());
        fields.number("event.severity", event.severityNumber());
        fields.time("event.created", event.observedTimestamp());
        fields.text("faultline.format", event.format());
        fields.text("faultline.origin", event.origin().toString());
        fields.text("faultline.severity_text", event.severityText());
        fields.text("faultline.template", event.template());
        if (event.quality() != 0) {
            fields.texts("faultline.quality", marks(event));
        }
        fields.entity(event.entity());
        fields.measures(event.measures());
        fields.labels(event.attributes());
    }

    private static List<String> marks(LogEvent event) {
        List<String> names = new ArrayList<>();
        for (QualityMark mark : MARKS) {
            if (event.has(mark)) {
                names.add(mark.name().toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    /** One word for each severity, whatever word the log uses: {@code WARNING}, {@code warn} and {@code W} are one. */
    private static String level(int severityNumber) {
        return switch (Severity.ofNumber(severityNumber)) {
            case TRACE -> "trace";
            case DEBUG -> "debug";
            case INFO -> "info";
            case WARN -> "warn";
            case ERROR -> "error";
            case FATAL -> "fatal";
        };
    }
}

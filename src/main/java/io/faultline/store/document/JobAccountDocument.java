package io.faultline.store.document;

import io.faultline.model.Entity;
import io.faultline.model.JobAccount;
import java.io.IOException;
import java.time.Instant;

/**
 * How jobs and services spent their time: {@code faultline-goodput-yyyy.MM.dd}, a document a span of a job. All numbers
 * are of the span alone, so that sums over any documents are right.
 */
public final class JobAccountDocument implements Document<JobAccount> {

    @Override
    public String name() {
        return "goodput";
    }

    @Override
    public String id(JobAccount account) {
        DocumentId id = DocumentId.hash();
        for (Entity.Level level : Entity.Level.values()) {
            id.with(account.entity().get(level));
        }
        return id.with(account.since().toEpochMilli()).text();
    }

    @Override
    public Instant day(JobAccount account) {
        return account.since();
    }

    @Override
    public void fields(JobAccount account, Fields fields) throws IOException {
        fields.time("@timestamp", account.since());
        fields.text("event.kind", "metric");
        fields.time("event.start", account.since());
        fields.time("event.end", account.until());
        fields.entity(account.entity());
        fields.number("goodput.seconds", account.seconds());
        fields.number("goodput.initialising_seconds", account.initialising());
        fields.number("goodput.productive_seconds", account.productive());
        fields.number("goodput.checkpoint_seconds", account.checkpoint());
        fields.number("goodput.evaluation_seconds", account.evaluation());
        fields.number("goodput.stalled_seconds", account.stalled());
        fields.number("goodput.restarting_seconds", account.restarting());
        fields.number("goodput.wasted_seconds", account.wasted());
        fields.number("goodput.lost_seconds", account.lost());
        fields.number("goodput.interruptions", account.interruptions());
        fields.number("goodput.recoveries", account.recoveries());
        fields.number("goodput.recovery_seconds", account.recovery());
        fields.number("goodput.step", account.step());
        fields.number("goodput.run", account.run());
        fields.flag("goodput.ended", account.ended());
        if (account.gpus() > 0) {
            fields.number("goodput.gpus", account.gpus());
            fields.number("goodput.gpu_seconds", account.gpus() * account.seconds());
            fields.number("goodput.productive_gpu_seconds", account.gpus() * account.productive());
            fields.number("goodput.lost_gpu_seconds", account.gpus() * account.lost());
        }
    }
}

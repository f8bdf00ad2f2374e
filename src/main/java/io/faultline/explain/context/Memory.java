package io.faultline.explain.context;

import io.faultline.explain.complete.Heard;
import io.faultline.explain.complete.SourceMark;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of the last hours of a cluster's subjects, and of its sources. */
final class Memory {

    private final Duration lasts;
    private final Shelf<Past> pasts;
    private final Shelf<SourceMark> marks;

    Memory(ContextSettings settings, Shelf<Past> pasts, Shelf<SourceMark> marks) {
        this.lasts = settings.memory();
        this.pasts = pasts;
        this.marks = marks;
    }

    /** Gives the time of the latest thing that is known of its subject then. */
    long learn(ContextFact fact) {
        Heard heard = fact.heard();
        if (heard != null) {
            SourceMark before = marks.get(heard.source());
            SourceMark mark = (before == null ? SourceMark.of(heard.source()) : before).with(heard);
            marks.put(heard.source(), mark);
            return mark.heardAt();
        }
        Past before = pasts.get(fact.subject());
        Past past = (before == null ? Past.of(fact.entity()) : before).with(fact);
        pasts.put(fact.subject(), past);
        return past.latest();
    }

    @Nullable
    Past of(String subject) {
        return pasts.get(subject);
    }

    /** The replicas of a service that are known. */
    List<String> replicas(String service) {
        return pasts.all().entrySet().stream()
                .filter(one -> service.equals(one.getValue().entity().service())
                        && one.getKey().startsWith("replica/"))
                .map(Map.Entry::getKey)
                .toList();
    }

    Collection<SourceMark> sources() {
        return marks.all().values();
    }

    /** When something was known of a subject last; {@link Long#MIN_VALUE} where nothing is. */
    long latest() {
        return pasts.all().values().stream().mapToLong(Past::latest).max().orElse(Long.MIN_VALUE);
    }

    /** Ends what has been of no use for long. */
    void forget(long now) {
        pasts.all().forEach((subject, past) -> {
            if (past.latest() + lasts.toMillis() <= now && !past.isLosing(now)) {
                pasts.remove(subject);
            }
        });
        marks.all().forEach((source, mark) -> {
            if (mark.isGoneAt(now)) {
                marks.remove(source);
            }
        });
    }
}

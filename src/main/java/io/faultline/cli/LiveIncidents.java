package io.faultline.cli;

import io.faultline.model.Incident;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Tells each incident once when it is opened, and once more each time its cause changes. */
final class LiveIncidents implements RunListener {

    private final RunListener progress;
    private final Consumer<String> say;
    private final Map<String, String> told = new HashMap<>();

    LiveIncidents(RunListener progress, Consumer<String> say) {
        this.progress = progress;
        this.say = say;
    }

    @Override
    public void read(long bytes) {
        progress.read(bytes);
    }

    @Override
    public void say(String words) {
        say.accept("     " + words);
    }

    @Override
    public synchronized void incident(Incident incident) {
        String title = incident.title();
        String cause = incident.cause().title();
        String news = title.contains(cause) ? title : title + ": " + cause;
        if (!news.equals(told.put(incident.id(), news))) {
            say.accept(String.format(
                    Locale.ROOT, "     %-8s %s %s", incident.severity().id(), incident.startedAt(), news));
        }
    }
}

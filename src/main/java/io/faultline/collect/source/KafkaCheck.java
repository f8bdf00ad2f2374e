package io.faultline.collect.source;

import io.faultline.settings.Problems;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * Asks Kafka whether it is there and has the topics, before the job starts: the source itself would retry in the dark for
 * minutes and then restart the job for ever.
 */
public final class KafkaCheck {

    private static final int PATIENCE_MILLIS = 5_000;
    private static final String SERVERS = "collect.source.kafka.bootstrap-servers";
    private static final String TOPICS = "collect.source.kafka.topics";

    private KafkaCheck() {}

    /** Adds what is wrong to the problems; asks nobody when Kafka is not configured. Takes at most about 5 s. */
    public static void problems(KafkaSettings settings, Problems problems) {
        if (!settings.isOn()) {
            return;
        }
        Properties properties = settings.asProperties();
        properties.put("request.timeout.ms", PATIENCE_MILLIS - 1_000);
        properties.put("default.api.timeout.ms", PATIENCE_MILLIS - 1_000);
        try (Admin admin = Admin.create(properties)) {
            Set<String> present = admin.listTopics().names().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            for (String topic : settings.topics()) {
                if (!present.contains(topic)) {
                    problems.add(TOPICS, "\"" + topic + "\" does not exist; there are " + new TreeSet<>(present));
                }
            }
        } catch (ExecutionException | TimeoutException e) {
            problems.add(SERVERS, unreachable(settings, e.getCause() == null ? e : e.getCause()));
        } catch (KafkaException e) {
            problems.add(SERVERS, unreachable(settings, e.getCause() == null ? e : e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            problems.add(SERVERS, unreachable(settings, e));
        }
    }

    private static String unreachable(KafkaSettings settings, Throwable cause) {
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return "no Kafka broker answers at \"" + settings.bootstrapServers() + "\" (" + why
                + "); it must be reachable from here as host:port";
    }
}

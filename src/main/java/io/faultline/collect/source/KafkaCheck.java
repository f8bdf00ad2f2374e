package io.faultline.collect.source;

import io.faultline.settings.Problems;
import java.util.List;
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
        ask(settings, problems, admin -> checkTopics(admin, settings, problems));
    }

    /** As above, of a topic whose records have one order: it is there and has one partition. */
    public static void problems(KafkaSettings settings, String path, String topic, Problems problems) {
        ask(settings, problems, admin -> checkOrdered(admin, path, topic, problems));
    }

    /** What one asks a broker. */
    private interface Question {
        void ask(Admin admin) throws ExecutionException, TimeoutException, InterruptedException;
    }

    private static void checkTopics(Admin admin, KafkaSettings settings, Problems problems)
            throws ExecutionException, TimeoutException, InterruptedException {
        Set<String> present = admin.listTopics().names().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        for (String topic : settings.topics()) {
            if (!present.contains(topic)) {
                problems.add(TOPICS, absent(topic, present));
            }
        }
    }

    private static void checkOrdered(Admin admin, String path, String topic, Problems problems)
            throws ExecutionException, TimeoutException, InterruptedException {
        Set<String> present = admin.listTopics().names().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        if (!present.contains(topic)) {
            problems.add(path, absent(topic, present));
            return;
        }
        int partitions = admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .values()
                .iterator()
                .next()
                .partitions()
                .size();
        if (partitions != 1) {
            problems.add(path, "\"" + topic + "\" has " + partitions + " partitions; commands in one order need 1");
        }
    }

    private static String absent(String topic, Set<String> present) {
        return "\"" + topic + "\" does not exist; there are " + new TreeSet<>(present);
    }

    private static void ask(KafkaSettings settings, Problems problems, Question question) {
        if (!settings.isOn()) {
            return;
        }
        Properties properties = settings.asProperties();
        properties.put("request.timeout.ms", PATIENCE_MILLIS - 1_000);
        properties.put("default.api.timeout.ms", PATIENCE_MILLIS - 1_000);
        try (Admin admin = Admin.create(properties)) {
            question.ask(admin);
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

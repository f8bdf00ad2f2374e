package io.faultline.store.elasticsearch;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.RestClient;

/** Writes documents one by one and waits for a server that is away or overloaded, with pauses that double. */
final class PatientWriter implements AutoCloseable {

    /** Under the three minutes after which Flink kills a process whose task does not heed its cancellation. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LAST_PAUSE_MILLIS = 5_000;

    private final RestClient client;
    private final Duration patience;

    PatientWriter(RestClient client, Duration patience) {
        this.client = client;
        this.patience = patience;
    }

    /**
     * Writes one document.
     *
     * @return why the server refuses it; empty where it took it
     * @throws IOException where the server is away for longer than the patience, or lets us write nothing
     */
    Optional<String> write(String index, String id, byte[] source) throws IOException, InterruptedException {
        Request request = new Request("PUT", "/" + index + "/_doc/" + id);
        request.setEntity(new org.apache.http.entity.ByteArrayEntity(
                source, org.apache.http.entity.ContentType.APPLICATION_JSON));
        long deadline = System.nanoTime() + patience.toNanos();
        long pauseMillis = FIRST_PAUSE_MILLIS;
        while (true) {
            try {
                client.performRequest(request);
                return Optional.empty();
            } catch (IOException e) {
                Refusal refusal = Refusal.of(e, Refusal.statusOf(e));
                if (refusal == Refusal.REJECT) {
                    return Optional.of(Refusal.reason(e));
                }
                if (refusal == Refusal.FAIL || System.nanoTime() > deadline) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(pauseMillis);
                pauseMillis = Math.min(2 * pauseMillis, LAST_PAUSE_MILLIS);
            }
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}

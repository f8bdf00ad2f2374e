package io.faultline.store.elasticsearch;

import io.faultline.store.document.Document;
import io.faultline.store.document.RefusedDocument;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.connectors.elasticsearch.ActionRequestFailureHandler;
import org.apache.flink.streaming.connectors.elasticsearch.ElasticsearchSinkFunction;
import org.apache.flink.streaming.connectors.elasticsearch.RequestIndexer;
import org.apache.flink.streaming.connectors.elasticsearch7.ElasticsearchSink;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.index.IndexRequest;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.xcontent.XContentType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a stream to Elasticsearch in bulks. All bulks are answered before a checkpoint completes; ids are the same in a
 * replay, so that each document is there once. A document that the server refuses goes to {@code PREFIX-rejected}.
 */
// The newer sink of the connector (Elasticsearch7SinkBuilder, 3.0.1-1.17) has no handler for a refused document: one
// mapping conflict restarts the job for ever. This one is deprecated and hears of each.
@SuppressWarnings("deprecation")
public final class DocumentSink {

    private static final Logger LOG = LoggerFactory.getLogger(DocumentSink.class);

    private DocumentSink() {}

    /** Ends a stream in the index of its document. The caller gives the operator its name and uid. */
    public static <T> DataStreamSink<T> add(
            DataStream<T> stream, Document<T> document, ElasticsearchSettings settings) {
        Subtask subtask = new Subtask(settings);
        var builder = new ElasticsearchSink.Builder<>(
                ElasticsearchAccess.hosts(settings), new Writer<>(document, settings.indexPrefix(), subtask));
        builder.setBulkFlushMaxActions(settings.bulkActions());
        builder.setBulkFlushMaxSizeMb(settings.bulkMegabytes());
        builder.setBulkFlushInterval(settings.bulkInterval().toMillis());
        // the handler below waits and sends again; the client's own retries would end and lose
        builder.setBulkFlushBackoff(false);
        builder.setFailureHandler(new FailureHandler(settings, subtask));
        builder.setRestClientFactory(client -> ElasticsearchAccess.configure(client, settings));
        return stream.addSink(new FlushedAtEndSink<>(builder.build()));
    }

    /** What writer and handler of one subtask share: both travel in one sink, so that it stays one object. */
    private static final class Subtask implements Serializable {
        private static final long serialVersionUID = 1L;

        private final ElasticsearchSettings settings;
        private transient @Nullable RuntimeContext context;
        private transient @Nullable Counter refused;
        private transient @Nullable Counter retried;
        private transient @Nullable PatientWriter writer;

        Subtask(ElasticsearchSettings settings) {
            this.settings = settings;
        }

        void open(RuntimeContext newContext) {
            context = newContext;
            refused =
                    newContext.getMetricGroup().counter("store_refused_documents_total", new ThreadSafeSimpleCounter());
            retried =
                    newContext.getMetricGroup().counter("store_retried_documents_total", new ThreadSafeSimpleCounter());
        }

        static void count(@Nullable Counter counter) {
            if (counter != null) {
                counter.inc();
            }
        }

        synchronized PatientWriter writer() {
            if (writer == null) {
                writer = new PatientWriter(ElasticsearchAccess.client(settings), PatientWriter.PATIENCE);
            }
            return writer;
        }

        synchronized void close() throws IOException {
            if (writer != null) {
                writer.close();
                writer = null;
            }
        }
    }

    private static final class Writer<T> implements ElasticsearchSinkFunction<T> {
        private static final long serialVersionUID = 1L;

        private final Document<T> document;
        private final String prefix;
        private final Subtask subtask;

        Writer(Document<T> document, String prefix, Subtask subtask) {
            this.document = document;
            this.prefix = prefix;
            this.subtask = subtask;
        }

        @Override
        public void process(T value, RuntimeContext context, RequestIndexer indexer) {
            if (subtask.context != context) {
                subtask.open(context);
            }
            indexer.add(new IndexRequest(document.index(prefix, value))
                    .id(document.id(value))
                    .source(document.write(value), XContentType.JSON));
        }

        @Override
        public void close() throws IOException {
            subtask.close();
        }
    }

    /**
     * Settles each document that a bulk did not place before the bulk counts as done. Documents handed back to the sink's
     * own queue would be lost when the input ends.
     */
    private static final class FailureHandler implements ActionRequestFailureHandler {
        private static final long serialVersionUID = 1L;

        private final ElasticsearchSettings settings;
        private final Subtask subtask;

        FailureHandler(ElasticsearchSettings settings, Subtask subtask) {
            this.settings = settings;
            this.subtask = subtask;
        }

        @Override
        public void onFailure(ActionRequest action, Throwable failure, int status, RequestIndexer indexer)
                throws IOException, InterruptedException {
            IndexRequest request = (IndexRequest) action;
            byte[] source = BytesReference.toBytes(request.source());
            switch (Refusal.of(failure, status)) {
                case RETRY -> retry(request, source);
                case REJECT -> reject(request, source, Refusal.reason(failure));
                case FAIL -> throw new IOException(takesNothing(failure), failure);
            }
        }

        private void retry(IndexRequest request, byte[] source) throws IOException, InterruptedException {
            Subtask.count(subtask.retried);
            Optional<String> refusal = write(request.index(), request.id(), source);
            if (refusal.isPresent()) {
                reject(request, source, refusal.get());
            }
        }

        private void reject(IndexRequest request, byte[] source, String reason)
                throws IOException, InterruptedException {
            Subtask.count(subtask.refused);
            String index = settings.indexPrefix() + "-rejected";
            var refused = new RefusedDocument(request.index(), request.id(), source, reason);
            Optional<String> refusal = request.index().equals(index)
                    ? Optional.of(reason)
                    : write(index, refused.rejectedId(), refused.write());
            refusal.ifPresent(why -> LOG.error("{} refused a document, which is lost: {}", index, why));
        }

        private Optional<String> write(String index, String id, byte[] source)
                throws IOException, InterruptedException {
            try {
                return subtask.writer().write(index, id, source);
            } catch (IOException e) {
                throw new IOException(takesNothing(e), e);
            }
        }

        private String takesNothing(Throwable failure) {
            return "Elasticsearch at " + settings.hosts() + " takes no documents (" + ElasticsearchSettings.PATH + "): "
                    + Refusal.reason(failure);
        }
    }
}

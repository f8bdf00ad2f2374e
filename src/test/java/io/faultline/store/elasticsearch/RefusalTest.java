package io.faultline.store.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.rest.RestStatus;
import org.junit.jupiter.api.Test;

class RefusalTest {

    private static final Throwable MAPPING = new ElasticsearchException(
            "Elasticsearch exception [type=mapper_parsing_exception, reason=failed to parse field [ai.rank]]");

    @Test
    void rejectsADocumentThatDoesNotFit() {
        assertThat(Refusal.of(MAPPING, 400)).isEqualTo(Refusal.REJECT);
        assertThat(Refusal.reason(MAPPING))
                .isEqualTo("[mapper_parsing_exception, reason=failed to parse field [ai.rank]]");
    }

    @Test
    void triesAgainWhereTheServerIsOverloadedOrAway() {
        assertThat(Refusal.of(new ElasticsearchException("queue full"), 429)).isEqualTo(Refusal.RETRY);
        assertThat(Refusal.of(new ElasticsearchException("no shard"), 503)).isEqualTo(Refusal.RETRY);
        assertThat(Refusal.of(new ConnectException("refused"), -1)).isEqualTo(Refusal.RETRY);
        assertThat(Refusal.of(new IllegalStateException(new IOException("closed")), -1))
                .isEqualTo(Refusal.RETRY);
    }

    @Test
    void sendsTheDocumentsOfABulkThatIsTooLargeOneByOne() {
        var tooLarge = new ElasticsearchStatusException("too large", RestStatus.REQUEST_ENTITY_TOO_LARGE);

        assertThat(Refusal.of(tooLarge, -1)).isEqualTo(Refusal.RETRY);
        assertThat(Refusal.of(tooLarge, 413)).isEqualTo(Refusal.REJECT);
    }

    @Test
    void failsWhereNothingWouldBeTaken() {
        var forbidden = new ElasticsearchStatusException("forbidden", RestStatus.FORBIDDEN);

        assertThat(Refusal.of(forbidden, -1)).isEqualTo(Refusal.FAIL);
        assertThat(Refusal.of(MAPPING, 401)).isEqualTo(Refusal.FAIL);
        assertThat(Refusal.of(new NullPointerException(), -1)).isEqualTo(Refusal.FAIL);
    }
}

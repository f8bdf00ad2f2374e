package io.faultline.store.elasticsearch;

import java.io.IOException;
import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.client.ResponseException;

/** What to do about a document that was not taken. */
enum Refusal {
    /** The server is overloaded or away, or did not like the bulk as a whole: the document again, alone. */
    RETRY,
    /** The document does not fit: another try would end the same. */
    REJECT,
    /** Nothing would be taken: a wrong password, a missing right. A person is needed. */
    FAIL;

    /**
     * Judges one failure.
     *
     * @param failure what the client says
     * @param status the HTTP status of the one document; below 0 where the whole request failed
     */
    static Refusal of(Throwable failure, int status) {
        int known = status > 0 ? status : statusOf(failure);
        if (known == 401 || known == 403 || (known < 0 && !isConnection(failure))) {
            return FAIL;
        }
        boolean isOneDocument = status > 0;
        return isOneDocument && known != 429 && known < 500 ? REJECT : RETRY;
    }

    /** The status in an exception of the client; -1 where there was no answer. */
    static int statusOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ResponseException answer) {
                return answer.getResponse().getStatusLine().getStatusCode();
            }
            if (cause instanceof ElasticsearchStatusException answer) {
                return answer.status().getStatus();
            }
        }
        return -1;
    }

    private static boolean isConnection(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    /** The server's words, its causes included. */
    static String reason(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause instanceof ElasticsearchException answer
                    ? String.valueOf(answer.getMessage()).replace("Elasticsearch exception [type=", "[")
                    : String.valueOf(cause.getMessage());
            if (text.indexOf(message) < 0) {
                text.append(text.isEmpty() ? "" : "; ").append(message);
            }
        }
        return text.toString();
    }
}

package io.faultline;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.cli.RunListener;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EmbeddedJobTest {

    @Test
    void asksForProgressAlsoWhereTheClusterWentAwayWithTheJob() {
        ClosingCluster cluster = new ClosingCluster();

        JobExecutionResult result = EmbeddedJob.await(cluster, RunListener.NONE);

        assertThat(cluster.askedTooLate).isTrue();
        assertThat(result.getJobID()).isEqualTo(cluster.job);
    }

    /** The job ends just before its progress is asked for, and the cluster inside of the JVM ends with it. */
    private static final class ClosingCluster implements JobClient {
        private final JobID job = new JobID();
        private final CompletableFuture<JobExecutionResult> result = new CompletableFuture<>();
        private boolean askedTooLate;

        @Override
        public CompletableFuture<Map<String, Object>> getAccumulators() {
            askedTooLate = true;
            result.complete(new JobExecutionResult(job, 1, Map.of()));
            throw new IllegalStateException("MiniCluster is not yet running or has already been shut down.");
        }

        @Override
        public CompletableFuture<JobExecutionResult> getJobExecutionResult() {
            return result;
        }

        @Override
        public JobID getJobID() {
            return job;
        }

        @Override
        public CompletableFuture<JobStatus> getJobStatus() {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<Void> cancel() {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<String> stopWithSavepoint(
                boolean advanceToEnd, @Nullable String directory, SavepointFormatType format) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<String> triggerSavepoint(@Nullable String directory, SavepointFormatType format) {
            throw new UnsupportedOperationException();
        }
    }
}

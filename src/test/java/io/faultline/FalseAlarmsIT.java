package io.faultline;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.cli.RunListener;
import io.faultline.cli.RunSummary;
import io.faultline.cli.ScanRequest;
import io.faultline.model.Incident;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What looks like a fault and is none: healthy logs with such lines in them, through the whole job at once. */
class FalseAlarmsIT {

    @TempDir
    static Path directory;

    @Test
    void opensNoIncident() throws IOException {
        List<Path> files = new ArrayList<>();
        files.add(file("chat-0.log", idleThenAskedTooMuchThenStopped()));
        files.add(file("draft-0.log", idleThenTerminated()));
        files.add(file("train-llm.log", restartedFromACheckpointThenDone()));
        files.add(file("train-fp16.log", searchForALossScale()));
        files.add(file("train-grpo.log", rewardsWithoutALoss()));
        files.add(file("embed-0.log", powerThatCanNotBeRead()));
        files.add(file("gpu-a1.kernel.log", noiseOfAKernel()));
        files.add(file("gpu-a1.prom", stuckMetrics()));
        files.add(file("other.log", others()));

        RunSummary summary = new EmbeddedJob().scan(new ScanRequest(files, null, 2, ZoneOffset.UTC), RunListener.NONE);

        assertThat(summary.events()).isGreaterThan(200);
        assertThat(summary.incidents()).extracting(Incident::title).isEmpty();
    }

    private static Stream<String> idleThenAskedTooMuchThenStopped() {
        String api = "(APIServer pid=12) ";
        return Stream.of(
                        each(
                                30,
                                "(APIServer pid=12) INFO 03-01 08:%02d:%02d [loggers.py:257] Engine 000: "
                                        + "Avg prompt throughput: 90.0 tokens/s, Avg generation throughput: 45.0 tokens/s, "
                                        + "Running: 2 reqs, Waiting: 0 reqs, GPU KV cache usage: 2.0%%, Prefix cache hit rate: 0.0%%"),
                        Stream.of(
                                api
                                        + "INFO 03-01 08:30:00 [loggers.py:257] Engine 000: Avg prompt throughput: 0.0 tokens/s, "
                                        + "Avg generation throughput: 0.0 tokens/s, Running: 0 reqs, Waiting: 0 reqs, "
                                        + "GPU KV cache usage: 0.0%, Prefix cache hit rate: 0.0%",
                                api
                                        + "INFO 03-01 11:30:01 [metrics.py:96] SpecDecoding metrics: Mean acceptance length: nan, "
                                        + "Accepted: 0 tokens, Drafted: 0 tokens, Avg Draft acceptance rate: nan%",
                                api + "ERROR 03-01 11:31:00 [serving_chat.py:237] Error in preprocessing prompt inputs",
                                api + "ERROR 03-01 11:31:00 [serving_chat.py:237] Traceback (most recent call last):",
                                api
                                        + "ERROR 03-01 11:31:00 [serving_chat.py:237]   File \"/app/serve.py\", line 7, in ask",
                                api
                                        + "ERROR 03-01 11:31:00 [serving_chat.py:237] ValueError: This model's maximum context "
                                        + "length is 4096 tokens. However, your request has 5000 input tokens.",
                                api + "INFO 03-01 11:40:00 [launcher.py:80] [shutdown] API server: shutdown triggered",
                                api + "ERROR 03-01 11:40:03 [async_llm.py:708] AsyncLLM output_handler failed.",
                                api
                                        + "ERROR 03-01 11:40:03 [async_llm.py:708] vllm.v1.engine.exceptions.EngineDeadError: "
                                        + "EngineCore encountered an issue. See stack trace (above) for the root cause."))
                .flatMap(lines -> lines);
    }

    private static Stream<String> idleThenTerminated() {
        String decode = " TP0] Decode batch, #running-req: 4, #token: 900, token usage: 0.02, cuda graph: True, "
                + "gen throughput (token/s): ";
        return Stream.concat(
                each(30, "[2026-03-01 08:%02d:%02d" + decode + "500.0, #queue-req: 0"),
                Stream.of(
                        "[2026-03-01 08:50:00" + decode + "0.02, #queue-req: 0",
                        "[2026-03-01 08:50:01" + decode + "490.0, #queue-req: 0",
                        "[2026-03-01 08:50:02] SIGTERM received. signum=None frame=None. Draining requests and shutting down...",
                        "[2026-03-01 08:50:04] Subprocess scheduler (pid=9) crashed with exit code -15. "
                                + "Triggering SIGQUIT for cleanup...",
                        "[2026-03-01 08:50:04] SIGQUIT received. signum=None, frame=None. It usually means one child failed."));
    }

    private static Stream<String> restartedFromACheckpointThenDone() {
        String step =
                " [2026-03-01 08:%02d:00] iteration %d/ 900 | consumed samples: %d | elapsed time per iteration (ms): "
                        + "6000.0 | global batch size: 10 | lm loss: 2.100000E+00 | grad norm: 1.0 |";
        Stream<String> before =
                IntStream.range(0, 25).mapToObj(i -> step.formatted(i, 100 + 10 * i, 10 * (100 + 10 * i)));
        Stream<String> after = IntStream.range(26, 50).mapToObj(i -> step.formatted(i, 10 * i, 10 * 10 * i));
        return Stream.of(
                        before,
                        after,
                        Stream.of(
                                "[exiting program at iteration 490] datetime: 2026-03-01 08:49:30",
                                "gpu-a1:81:90 [0] proxy.cc:1521 NCCL WARN [Service thread] Could not receive type from "
                                        + "localRank 3, res=3, closed=0",
                                "gpu-a1:81:90 [0] proxy.cc:1532 NCCL WARN [Proxy Service 3] Failed to execute operation Close "
                                        + "from rank 3, retcode 3",
                                "[rank0]:[W301 08:49:31.000000001 ProcessGroupNCCL.cpp:1250] Warning: WARNING: process group "
                                        + "has NOT been destroyed before we destruct ProcessGroupNCCL.",
                                "[rank3]:[W301 08:49:31.000000001 ProcessGroupNCCL.cpp:1660] [PG ID 0 PG GUID 0(default_pg) "
                                        + "Rank 3] Failed to check the \"should dump\" flag on TCPStore, (maybe TCPStore "
                                        + "server has shut down too early), with error: Broken pipe"))
                .flatMap(lines -> lines);
    }

    private static Stream<String> searchForALossScale() {
        Stream<String> overflows = IntStream.range(0, 14)
                .mapToObj(i ->
                        "[2026-03-01 08:00:%02d,000] [INFO] [loss_scaler.py:190:update_scale] [deepspeed] OVERFLOW! "
                                        .formatted(i)
                                + "Rank 0 Skipping step. Attempted loss scale: " + (1L << (32 - i)) + ", reducing to "
                                + (1L << (31 - i)));
        return Stream.concat(
                overflows,
                Stream.of("[2026-03-01 08:00:20,100] [INFO] [logging.py:107:log_dist] [Rank 0] step=20, skipped=14, "
                        + "lr=[1e-05], mom=[(0.9, 0.95)]"));
    }

    private static Stream<String> rewardsWithoutALoss() {
        return Stream.of("0.0", "-0.0012", "0.0", "0.0", "-0.2", "0.0001", "0.03", "0.0", "-0.5", "0.0")
                .map(loss -> "{'loss': " + loss
                        + ", 'grad_norm': 0.1, 'learning_rate': 1e-06, 'reward': 0.5, 'epoch': 0.1}");
    }

    private static Stream<String> powerThatCanNotBeRead() {
        return IntStream.range(0, 60)
                .mapToObj(
                        "W0301 08:00:%02d.100000 1 metrics.cc:631] Unable to get power usage for GPU 0. Status:Success, value:0"
                                ::formatted);
    }

    private static Stream<String> noiseOfAKernel() {
        String xid = "Mar  1 08:10:01 gpu-a1 kernel: [  612.345678] NVRM: Xid (PCI:0000:9b:00): ";
        return Stream.of(
                "Mar  1 08:00:01 gpu-a1 kernel: [   12.345678] mlx5_core 0000:5c:00.0: mlx5_pcie_event:302:(pid 8): "
                        + "Detected insufficient power on the PCIe slot (27W).",
                xid + "43, pid=812, name=python3, Ch 00000008",
                xid + "45, pid=812, name=python3, Ch 00000008");
    }

    private static Stream<String> stuckMetrics() {
        String labels = "{gpu=\"0\",UUID=\"GPU-1\",device=\"nvidia0\",modelName=\"Acme\",Hostname=\"gpu-a1\"} ";
        return Stream.of(
                "DCGM_FI_DEV_MEMORY_TEMP" + labels + "9223372036854775794", "DCGM_FI_DEV_XID_ERRORS" + labels + "79");
    }

    private static Stream<String> others() {
        return Stream.of(
                "2026-03-01T08:00:06.223456Z ERROR text_generation_router::server: router/src/server.rs:1700: "
                        + "Failed to import python tokenizer OSError: no such file",
                "step:1/1750 train_time:144ms step_avg:nanms",
                "3m30s (x9 over 2d17h)   Warning   Unhealthy   Pod/chat-9   Readiness probe failed: timeout",
                "[rank4]: RuntimeError: [/src/gloo/transport/tcp/pair.cc:547] Connection closed by peer [192.0.2.7]:3148");
    }

    /** One line each ten seconds for some minutes. */
    private static Stream<String> each(int minutes, String line) {
        return IntStream.range(0, minutes * 6).mapToObj(i -> String.format(Locale.ROOT, line, i / 6, i % 6 * 10));
    }

    private static Path file(String name, Stream<String> lines) throws IOException {
        Path file = Files.write(directory.resolve(name), lines.toList());
        assertThat(file.toFile()
                        .setLastModified(Instant.parse("2026-03-01T12:00:00Z").toEpochMilli()))
                .isTrue();
        return file;
    }
}

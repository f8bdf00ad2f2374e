package io.faultline.cli.simulate;

import static io.faultline.cli.simulate.VllmReplica.oneDigit;
import static java.util.Locale.ROOT;

/** The lines of a vLLM V1 server. */
final class VllmLines {

    private final LogFile log;
    private final ReplicaShape shape;
    private final Dice dice;
    private final String api;
    private final String engine;
    private final String pid;

    VllmLines(LogFile log, ReplicaShape shape, Dice dice) {
        this.log = log;
        this.shape = shape;
        this.dice = dice;
        this.pid = Integer.toString(dice.between(80, 400));
        this.api = tag("APIServer", "1");
        this.engine = tag("EngineCore", pid);
    }

    private String tag(String process, String id) {
        String tag = "(" + process + " pid=" + id + ")";
        return shape.coloured() ? "\u001b[1;36m" + tag + "\u001b[0;0m " : tag + " ";
    }

    Line stats(long at, double prompt, double generated, int running, int waiting, double usage, double hitRate) {
        return api(
                at,
                "INFO",
                "loggers.py:257",
                "Engine 000: Avg prompt throughput: " + oneDigit(prompt) + " tokens/s, Avg generation throughput: "
                        + oneDigit(generated) + " tokens/s, Running: " + running + " reqs, Waiting: " + waiting
                        + " reqs, GPU KV cache usage: "
                        + oneDigit(usage) + "%, Prefix cache hit rate: " + oneDigit(hitRate) + "%");
    }

    /** A stat line with preemptions in it. */
    Line preempting(long at, double generated, int running, int waiting, int preemptions) {
        return api(
                at,
                "INFO",
                "loggers.py:257",
                "Engine 000: Avg prompt throughput: " + oneDigit(generated / 3)
                        + " tokens/s, Avg generation throughput: " + oneDigit(generated) + " tokens/s, Running: "
                        + running + " reqs, Waiting: " + waiting + " reqs, Preemptions: " + preemptions
                        + ", GPU KV cache usage: 99.4%, Prefix cache hit rate: 12.0%");
    }

    /** A line of the API server or of the engine, as it writes them. */
    Line say(long at, String level, String source, String text) {
        return api(at, level, source, text);
    }

    /** Uvicorn's access line has no time of its own. */
    Line access(long at, String method, String path, int status) {
        String reason =
                switch (status) {
                    case 200 -> "OK";
                    case 400 -> "Bad Request";
                    case 401 -> "Unauthorized";
                    case 500 -> "Internal Server Error";
                    default -> "Not Found";
                };
        String client = path.equals("/health") ? "10.0.2.1" : "10.0.8." + dice.between(2, 40);
        return log.add(
                at,
                api + "INFO:     " + client + ":" + dice.between(32_768, 60_999) + " - \"" + method + " " + path
                        + " HTTP/1.1\" " + status + " " + reason);
    }

    /** @return when the server answers */
    long start(long at) {
        api(at, "INFO", "api_server.py:1772", "vLLM API server version 0.12.0");
        api(at + 1100, "INFO", "model.py:637", "Resolved architecture: LlamaForCausalLM");
        api(at + 1200, "INFO", "model.py:1750", "Using max model len 32768");
        api(at + 1300, "INFO", "scheduler.py:228", "Chunked prefill is enabled with max_num_batched_tokens=8192.");
        engine(
                at + 5000,
                "INFO",
                "core.py:93",
                "Initializing a V1 LLM engine (v0.12.0) with config: model='" + shape.model()
                        + "', dtype=torch.bfloat16, max_seq_len=32768, tensor_parallel_size=1, pipeline_parallel_size=1, seed=0");
        engine(at + 6200, "INFO", "gpu_model_runner.py:3467", "Starting to load model " + shape.model() + "...");
        for (int shard = 1; shard <= 5; shard++) {
            log.add(
                    at + 6200 + shard * 2400L,
                    engine
                            + String.format(
                                    ROOT,
                                    "Loading safetensors checkpoint shards: %3d%% Completed | %d/5 [%02d:%02d<%02d:%02d,  2.40s/it]",
                                    shard * 20,
                                    shard,
                                    0,
                                    shard * 12 / 5,
                                    0,
                                    12 - shard * 12 / 5));
        }
        engine(
                at + 18_400,
                "INFO",
                "default_loader.py:308",
                "Loading weights took " + String.format(ROOT, "%.2f", dice.real(11.6, 12.4)) + " seconds");
        engine(
                at + 18_600,
                "INFO",
                "gpu_model_runner.py:3549",
                "Model loading took 65.7412 GiB memory and " + String.format(ROOT, "%.6f", dice.real(12.2, 12.9))
                        + " seconds");
        engine(at + 27_000, "INFO", "backends.py:643", "torch.compile takes 7.81 s in total");
        engine(at + 29_500, "INFO", "gpu_worker.py:359", "Available KV cache memory: 52.36 GiB");
        engine(at + 29_600, "INFO", "kv_cache_utils.py:1286", "GPU KV cache size: 428,912 tokens");
        engine(
                at + 29_600,
                "INFO",
                "kv_cache_utils.py:1291",
                "Maximum concurrency for 32,768 tokens per request: 13.09x");
        engine(at + 36_000, "INFO", "gpu_model_runner.py:4466", "Graph capturing finished in 6 secs, took 0.61 GiB");
        engine(
                at + 36_100,
                "INFO",
                "core.py:254",
                "init engine (profile, create kv cache, warmup model) took 17.43 seconds");
        api(at + 38_000, "INFO", "api_server.py:2099", "Starting vLLM API server 0 on http://0.0.0.0:8000");
        log.add(at + 38_600, api + "INFO:     Started server process [1]");
        log.add(at + 38_600, api + "INFO:     Waiting for application startup.");
        log.add(at + 38_900, api + "INFO:     Application startup complete.");
        return at + 39_000;
    }

    /** An orderly stop. The error at its end is written at every one, and means nothing. */
    void shutdown(long at) {
        engine(at, "INFO", "core.py:1214", "[shutdown] EngineCore: trigger received signal=SIGTERM");
        api(at, "INFO", "launcher.py:100", "[shutdown] API server: shutdown triggered");
        api(at, "INFO", "launcher.py:116", "[shutdown] API server: stopping engine client mode=abort timeout=0s");
        engine(at + 10, "INFO", "core.py:1333", "[shutdown] EngineCore: start mode=abort timeout=0s");
        engine(
                at + 20,
                "INFO",
                "core.py:1364",
                "[shutdown] EngineCore: request processing complete; starting resource teardown");
        engine(at + 30, "INFO", "core.py:1227", "[shutdown] EngineCore: exiting busy loop");
        api(at + 200, "INFO", "core_client.py:655", "[shutdown] MPClient: start timeout=0s");
        api(
                at + 210,
                "WARNING",
                "utils.py:626",
                "[shutdown] Process manager: force killing remaining processes count=1");
        api(at + 300, "INFO", "core_client.py:662", "[shutdown] MPClient: complete");
        String[] traceback = {
            "AsyncLLM output_handler failed.",
            "Traceback (most recent call last):",
            "  File \"/usr/local/lib/python3.12/dist-packages/vllm/v1/engine/async_llm.py\", line 491, in output_handler",
            "    outputs = await engine_core.get_output_async()",
            "              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
            "  File \"/usr/local/lib/python3.12/dist-packages/vllm/v1/engine/core_client.py\", line 895, in get_output_async",
            "    raise self._format_exception(outputs) from None",
            "vllm.v1.engine.exceptions.EngineDeadError: EngineCore encountered an issue. See stack trace (above) for the root cause."
        };
        for (String text : traceback) {
            api(at + 320, "ERROR", "async_llm.py:535", text);
        }
        api(at + 400, "INFO", "launcher.py:149", "[shutdown] API server: shutting down FastAPI HTTP server");
        log.add(at + 500, api + "INFO:     Shutting down");
        log.add(at + 600, api + "INFO:     Waiting for application shutdown.");
        log.add(at + 700, api + "INFO:     Application shutdown complete.");
    }

    /** A client's mistake, answered with 400, which vLLM writes at ERROR with a traceback. */
    void promptTooLong(long at) {
        String[] traceback = {
            "Error in preprocessing prompt inputs",
            "Traceback (most recent call last):",
            "  File \"/usr/local/lib/python3.12/dist-packages/vllm/entrypoints/openai/serving_chat.py\", line 237, in create_chat_completion",
            "    ) = await self._preprocess_chat(",
            "        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
            "  File \"/usr/local/lib/python3.12/dist-packages/vllm/entrypoints/openai/serving_engine.py\", line 634, in _validate_input",
            "    raise ValueError(",
            "ValueError: This model's maximum context length is 32768 tokens. However, your request has "
                    + dice.between(33_000, 61_000) + " input tokens. Please reduce the length of the input messages."
        };
        for (String text : traceback) {
            api(at, "ERROR", "serving_chat.py:263", text);
        }
        access(at + 1, "POST", "/v1/chat/completions", 400);
    }

    private Line api(long at, String level, String source, String text) {
        return log.add(at, api + level + " " + Stamps.monthDay(at) + " [" + source + "] " + text);
    }

    private void engine(long at, String level, String source, String text) {
        log.add(at, engine + level + " " + Stamps.monthDay(at) + " [" + source + "] " + text);
    }
}

package io.faultline.cli.simulate;

import static io.faultline.cli.simulate.VllmReplica.oneDigit;
import static java.util.Locale.ROOT;

/** A vLLM server of the V0 generation: no process tag, no opening bracket, and swapped and pending requests. */
final class LegacyReplica {

    private final Scene scene;
    private final ReplicaShape shape = ReplicaShape.LEGACY_0;
    private final Dice dice;
    private final LogFile log = new LogFile(shape.name() + ".log");

    LegacyReplica(Scene scene) {
        this.scene = scene;
        this.dice = scene.dice(shape.name());
    }

    LogFile run() {
        long at = scene.start() + dice.millis(500, 3000);
        say(at, "api_server.py:528", "vLLM API server version 0.6.3");
        say(
                at + 2_000,
                "llm_engine.py:237",
                "Initializing an LLM engine (v0.6.3) with config: model='" + shape.model()
                        + "', dtype=torch.float16, max_seq_len=8192");
        say(at + 4_000, "model_runner.py:1056", "Starting to load model " + shape.model() + "...");
        say(at + 19_000, "model_runner.py:1067", "Loading model weights took 13.4771 GB");
        say(at + 22_000, "gpu_executor.py:122", "# GPU blocks: 7406, # CPU blocks: 512");
        log.add(at + 31_000, "INFO:     Started server process [1]");
        log.add(at + 31_200, "INFO:     Application startup complete.");
        for (long now = at + 41_000; now < scene.end(); now += 5_000 + dice.millis(0, 9)) {
            interval(now);
        }
        return log;
    }

    private void interval(long at) {
        double load = shape.requestsPerSecond() * (1 + 0.2 * Math.cos((at - scene.start()) / 380_000.0));
        int served = dice.poisson(load * 5);
        double running = Math.max(1, served * 0.6);
        double generated = (served + 1.2) * shape.tokensPerReply() / 5.0;
        for (int i = 0; i < served; i++) {
            log.add(
                    at - dice.millis(1, 4_990),
                    "INFO:     10.0.8." + dice.between(2, 40) + ":" + dice.between(32_768, 60_999)
                            + " - \"POST /v1/completions HTTP/1.1\" 200 OK");
        }
        say(
                at,
                "metrics.py:349",
                "Avg prompt throughput: " + oneDigit(generated * 1.3) + " tokens/s, Avg generation throughput: "
                        + oneDigit(generated)
                        + " tokens/s, Running: " + (int) running + " reqs, Swapped: 0 reqs, Pending: "
                        + (dice.chance(0.1) ? dice.between(1, 3) : 0)
                        + " reqs, GPU KV cache usage: " + oneDigit(running * 1.7) + "%, CPU KV cache usage: 0.0%.");
        if (dice.chance(0.1)) {
            say(
                    at + 2,
                    "metrics.py:365",
                    String.format(ROOT, "Prefix cache hit rate: GPU: %.2f%%, CPU: 0.00%%", dice.real(18, 22)));
        }
    }

    private void say(long at, String source, String text) {
        log.add(at, "INFO " + Stamps.monthDay(at) + " " + source + "] " + text);
    }
}

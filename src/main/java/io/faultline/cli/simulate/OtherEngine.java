package io.faultline.cli.simulate;

import static java.util.Locale.ROOT;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A server that is not vLLM: SGLang's batches, or TGI's line for each request. It works well but for one fault, and is stopped
 * and started again after it.
 */
final class OtherEngine {

    static final long LASTS = 300_000;

    private static final long RESTART = 60_000;

    private final Scene scene;
    private final FaultName fault;
    private final String name;
    private final Dice dice;
    private final LogFile log;

    OtherEngine(Scene scene, FaultName fault) {
        this.scene = scene;
        this.fault = fault;
        this.name =
                (fault == FaultName.INFERENCE_LIVELOCK ? "sglang-" : "tgi-") + (fault == FaultName.SLOW_TOKENS ? 1 : 0);
        this.dice = scene.dice(name);
        this.log = new LogFile(name + ".log");
    }

    LogFile run(long strikesAt) {
        boolean batches = fault == FaultName.INFERENCE_LIVELOCK;
        List<Line> evidence = new ArrayList<>();
        long ended = strikesAt + LASTS;
        long at = start(scene.start() + 400);
        while (at < scene.end()) {
            if (at > ended && at < ended + RESTART) {
                at = start(ended + RESTART);
            }
            boolean bad = at >= strikesAt && at < ended;
            Line line = batches ? batch(at, bad) : request(at, bad);
            if (bad && evidence.size() < 12) {
                evidence.add(line);
            }
            at += batches ? 2_000 + dice.millis(-200, 900) : dice.millis(400, 3_000);
        }
        scene.plant(fault, Map.of("replica", name), strikesAt, ended, evidence);
        return log;
    }

    /** @return when it serves */
    private long start(long at) {
        if (fault == FaultName.INFERENCE_LIVELOCK) {
            log.add(at, "[" + Stamps.space(at) + "] server_args=ServerArgs(model_path='acme/small-7b', tp_size=1)");
            log.add(at + 30_000, "[" + Stamps.space(at + 30_000) + "] The server is fired up and ready to roll!");
        } else {
            log.add(at, Stamps.tracing(at) + "  INFO text_generation_launcher: Args {");
            log.add(at, "    model_id: \"acme/small-7b\",");
            log.add(at, "}");
            log.add(
                    at + 30_000,
                    Stamps.tracing(at + 30_000)
                            + "  INFO text_generation_router::server: router/src/server.rs:1572: Warming up model");
        }
        return at + 32_000;
    }

    private Line batch(long at, boolean bad) {
        int running = dice.between(6, 24);
        double throughput = bad ? 0 : running * dice.real(31, 46);
        return log.add(
                at,
                String.format(
                        ROOT,
                        "[%s] Decode batch, #running-req: %d, #token: %d, token usage: %.2f, cuda graph: True, gen throughput"
                                + " (token/s): %.2f, #queue-req: %d",
                        Stamps.space(at),
                        running,
                        running * 420,
                        running * 0.03,
                        throughput,
                        bad ? dice.between(0, 9) : 0));
    }

    private Line request(long at, boolean bad) {
        double queued = bad && fault == FaultName.QUEUE_GROWTH ? dice.real(8, 16) : dice.real(0.0001, 0.02);
        double token = bad && fault == FaultName.SLOW_TOKENS ? dice.real(0.19, 0.26) : dice.real(0.036, 0.046);
        double inference = token * dice.between(40, 90);
        return log.add(
                at,
                String.format(
                        ROOT,
                        "%s  INFO generate{parameters=GenerateParameters { best_of: None, max_new_tokens: Some(90) }"
                                + " total_time=\"%.6fs\" validation_time=\"1.204ms\" queue_time=\"%.6fs\" inference_time=\"%.6fs\""
                                + " time_per_token=\"%.6fms\" seed=\"None\"}: text_generation_router::server: router/src/server.rs:289: Success",
                        Stamps.tracing(at),
                        queued + inference,
                        queued,
                        inference,
                        token * 1000));
    }
}

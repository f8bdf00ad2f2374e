package io.faultline.cli.simulate;

import static java.util.Locale.ROOT;

import java.util.List;
import java.util.Optional;

/**
 * A fine-tuning job with the Hugging Face Trainer on one node: metrics as Python dicts without a time, some behind a
 * progress bar, between dated logger lines. It finishes normally, with the usual harmless warnings of the teardown.
 */
final class TrainerJob {

    static final String NAME = "sft-chat";

    private static final int LOG_EVERY = 5;
    private static final int EVALUATE_EVERY = 100;
    private static final double LEARNING_RATE = 2e-5;
    private static final int EPOCHS = 3;

    private final Scene scene;
    private final Ranks ranks;
    private final Dice dice;
    private final LogFile log = new LogFile(NAME + ".log");
    private final int totalSteps;
    private final int jobId;
    private int attempt;
    private int step;
    private int saved;

    TrainerJob(Scene scene) {
        this.scene = scene;
        this.ranks = scene.cluster().fineTuning();
        this.dice = scene.dice(NAME);
        this.jobId = dice.between(4100, 9800);
        this.totalSteps = scene.minutes() * 60 * dice.between(23, 27) / 100 / LOG_EVERY * LOG_EVERY;
    }

    LogFile run(Optional<CudaOom> fault, long strikesAt) {
        long at = scene.start() + dice.millis(4_000, 9_000);
        if (fault.isPresent()) {
            at = train(start(at), strikesAt);
            at = fault.get().strike(this, at);
        }
        long end = train(start(at), scene.end() - 5_000);
        if (step >= totalSteps) {
            finish(end, end - scene.start());
        }
        return log;
    }

    /** @return when the first step begins */
    long start(long at) {
        step = saved;
        say(
                at,
                "launcher",
                "INFO",
                "starting " + NAME + " as job " + jobId + "." + attempt + " on " + ranks.nodeList());
        say(at + 4_100, "sft.data", "INFO", "tokenized 61440 conversations in 3.8 s, longest has 8112 tokens");
        trainer(at + 19_000, 2519, "***** Running training *****");
        trainer(at + 19_000, 2520, "  Num examples = 61,440");
        trainer(at + 19_001, 2521, "  Num Epochs = " + EPOCHS);
        trainer(at + 19_001, 2522, "  Instantaneous batch size per device = 4");
        trainer(
                at + 19_001,
                2525,
                "  Total train batch size (w. parallel, distributed & accumulation) = " + 16 * ranks.world());
        trainer(at + 19_001, 2527, "  Total optimization steps = " + String.format(ROOT, "%,d", totalSteps));
        if (saved > 0) {
            trainer(at + 19_002, 2560, "  Continuing training from global step " + saved);
        }
        return at + 19_500;
    }

    /** Steps until a moment, or until all are done. */
    long train(long from, long until) {
        long at = from;
        long begin = from;
        int first = step;
        while (step < totalSteps) {
            long next = at + Math.round((step == first ? 9_000 : 1_950) * (1 + dice.noise(0.02)));
            if (next >= until) {
                break;
            }
            at = next;
            step++;
            if (step % LOG_EVERY == 0) {
                metrics(at, begin, first);
            }
            if (step % 13 == 0) {
                say(
                        at + 70,
                        "sft.data",
                        "INFO",
                        "packed shard " + step / 13 + " of " + (totalSteps / 13 + 1) + ", fill rate 0."
                                + dice.between(930, 989));
            }
            if (step % EVALUATE_EVERY == 0 && at + 60_000 < until) {
                at = evaluateAndSave(at);
            }
        }
        return at;
    }

    private void metrics(long at, long begin, int first) {
        String dict = "{'loss': " + PythonFloat.repr(loss() + dice.noise(0.02), 5) + ", 'grad_norm': "
                + PythonFloat.repr(1.1 + Math.abs(dice.noise(0.2)), 16) + ", 'learning_rate': "
                + PythonFloat.repr(LEARNING_RATE * (totalSteps - step + 1) / totalSteps, 16) + ", 'epoch': "
                + PythonFloat.repr(epoch(), 3) + "}";
        log.add(at, step % 20 == 0 ? bar(at - begin, first) + dict : dict);
    }

    /** tqdm's bar; it is redrawn in place, and where its output is piped the next record lands behind it. */
    private String bar(long elapsed, int first) {
        double perStep = elapsed / 1000.0 / Math.max(1, step - first);
        long left = Math.round(perStep * (totalSteps - step));
        int percent = 100 * step / totalSteps;
        int eighths = percent * 80 / 100;
        String full =
                "█".repeat(eighths / 8) + (eighths % 8 == 0 ? "" : "▏▎▍▌▋▊▉".substring(eighths % 8 - 1, eighths % 8));
        return String.format(
                ROOT,
                "%3d%%|%-10s| %d/%d [%s<%s, %5.2fs/it]",
                percent,
                full,
                step,
                totalSteps,
                clock(elapsed / 1000),
                clock(left),
                perStep);
    }

    private static String clock(long seconds) {
        return seconds >= 3600
                ? String.format(ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60)
                : String.format(ROOT, "%02d:%02d", seconds / 60, seconds % 60);
    }

    private long evaluateAndSave(long at) {
        trainer(at + 30, 4342, "");
        log.add(at + 30, "***** Running Evaluation *****");
        trainer(at + 30, 4345, "  Num examples = 1024");
        trainer(at + 31, 4348, "  Batch size = 8");
        long took = dice.millis(17_000, 24_000);
        double seconds = took / 1000.0;
        log.add(
                at + took,
                "{'eval_loss': " + PythonFloat.repr(loss() + 0.04 + dice.noise(0.004), 16) + ", 'eval_runtime': "
                        + PythonFloat.repr(seconds, 6) + ", 'eval_samples_per_second': "
                        + PythonFloat.repr(1024 / seconds, 5)
                        + ", 'eval_steps_per_second': " + PythonFloat.repr(128 / seconds / ranks.world(), 4)
                        + ", 'epoch': "
                        + PythonFloat.repr(epoch(), 3) + "}");
        String directory = "/checkpoints/" + NAME + "/checkpoint-" + step;
        trainer(at + took + 300, 3993, "Saving model checkpoint to " + directory);
        long stored = at + took + dice.millis(9_000, 15_000);
        log.add(
                stored,
                "[INFO|configuration_utils.py:424] " + Stamps.comma(stored) + " >> Configuration saved in " + directory
                        + "/config.json");
        log.add(
                stored + 500,
                "[INFO|modeling_utils.py:3725] " + Stamps.comma(stored + 500) + " >> Model weights saved in "
                        + directory + "/model.safetensors");
        saved = step;
        return stored + 900;
    }

    private void finish(long at, long runtime) {
        double seconds = runtime / 1000.0;
        trainer(at + 200, 2810, "");
        log.add(at + 200, "");
        log.add(at + 200, "Training completed. Do not forget to share your model on huggingface.co/models =)");
        log.add(
                at + 300,
                "{'train_runtime': " + PythonFloat.repr(seconds, 8) + ", 'train_samples_per_second': "
                        + PythonFloat.repr(61_440 * EPOCHS / seconds, 5) + ", 'train_steps_per_second': "
                        + PythonFloat.repr(totalSteps / seconds, 3)
                        + ", 'train_loss': " + PythonFloat.repr(loss() + 0.2, 16) + ", 'epoch': " + EPOCHS + ".0}");
        say(at + 2_000, "launcher", "INFO", "training of " + NAME + " is complete, exporting the model");
        teardown(at + 4_000);
    }

    /** Warnings that every good run ends with. */
    private void teardown(long at) {
        for (int rank = 0; rank < ranks.world(); rank++) {
            String head = "[rank" + rank + "]:[W" + Stamps.c10(at, dice.between(0, 999_999)) + " ";
            if (rank == 0) {
                log.add(
                        at,
                        head
                                + "ProcessGroupNCCL.cpp:1476] Warning: WARNING: process group has NOT been destroyed before we destruct"
                                + " ProcessGroupNCCL. On normal program exit, the application should call destroy_process_group to ensure that any"
                                + " pending NCCL operations have finished in this process. (function operator())");
            } else {
                log.add(
                        at,
                        head + "ProcessGroupNCCL.cpp:1662] [PG ID 0 PG GUID 0 Rank " + rank
                                + "] Failed to check the \"should dump\" flag on"
                                + " TCPStore, (maybe TCPStore server has shut down too early), with error: failed to recv, got 0 bytes");
            }
        }
        say(at + 2_500, "launcher", "INFO", "job " + jobId + "." + attempt + " finished with exit code 0");
    }

    void nextAttempt() {
        attempt++;
    }

    Line say(long at, String logger, String level, String text) {
        return log.add(at, Stamps.comma(at) + " - " + logger + " - " + level + " - " + text);
    }

    private void trainer(long at, int line, String text) {
        log.add(at, "[INFO|trainer.py:" + line + "] " + Stamps.comma(at) + " >> " + text);
    }

    JobExit exit() {
        return new JobExit(log, ranks, this::pid, jobId + "." + attempt, "train_sft.py");
    }

    int pid(int rank) {
        return 50_000 + attempt * 613 + rank * 2;
    }

    List<Line> add(long at, List<String> texts) {
        return texts.stream().map(text -> log.add(at, text)).toList();
    }

    Scene scene() {
        return scene;
    }

    Ranks ranks() {
        return ranks;
    }

    Dice dice() {
        return dice;
    }

    private double loss() {
        return 0.88 + 0.9 * Math.exp(-step / 90.0);
    }

    private double epoch() {
        return (double) EPOCHS * step / totalSteps;
    }
}

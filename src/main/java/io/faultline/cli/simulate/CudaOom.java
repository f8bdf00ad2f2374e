package io.faultline.cli.simulate;

import static java.util.Locale.ROOT;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A fine-tuning job whose longest conversations no longer fit: it runs out of GPU memory, is restarted, and meets the
 * same batch again, five times in less than ten minutes, until somebody mends its settings.
 */
final class CudaOom {

    private static final int TIMES = 5;

    /** From the first failure until the mended job starts, at most. */
    static long lasts() {
        return TIMES * 115_000L;
    }

    long strike(TrainerJob job, long at) {
        Dice dice = job.dice();
        List<Line> evidence = new ArrayList<>();
        int rank = dice.between(0, job.ranks().world() - 1);
        long now = at + 700;
        long started = now;
        for (int time = 1; time <= TIMES; time++) {
            evidence.add(fail(job, rank, now));
            List<Line> report = job.exit().report(now + 900, rank, 1);
            if (time == 1) {
                evidence.addAll(report);
            }
            long ended = now + 4_000;
            evidence.addAll(job.exit().aborted(ended, job.ranks().nodes().get(0), "Exited with exit code 1"));
            job.nextAttempt();
            now = ended + 14_000;
            if (time < TIMES) {
                job.say(
                        ended + 900,
                        "launcher",
                        "WARNING",
                        "job failed, restarting it (" + time + " of " + (TIMES - 1) + " retries)");
                long running = job.start(now);
                now = job.train(running, running + dice.millis(30_000, 55_000)) + 400;
            } else {
                job.say(ended + 900, "launcher", "ERROR", "job failed, no retries left");
                job.say(ended + 12_000, "launcher", "INFO", "max_seq_length changed from 8192 to 4096 by an operator");
                job.scene().plant(FaultName.CUDA_OOM, Map.of("job", TrainerJob.NAME), started, ended, evidence);
            }
        }
        return now;
    }

    /** @return the line that says so */
    private static Line fail(TrainerJob job, int rank, long at) {
        String head = "[rank" + rank + "]: ";
        List<Line> lines = job.add(
                at,
                List.of(
                        head + "Traceback (most recent call last):",
                        head + "  File \"/workspace/sft/train_sft.py\", line 148, in <module>",
                        head + "    trainer.train(resume_from_checkpoint=last)",
                        head
                                + "  File \"/usr/local/lib/python3.12/dist-packages/transformers/trainer.py\", line 2325, in train",
                        head + "    return inner_training_loop(",
                        head + "           ^^^^^^^^^^^^^^^^^^^^",
                        head
                                + "  File \"/usr/local/lib/python3.12/dist-packages/transformers/trainer.py\", line 4020, in training_step",
                        head + "    loss = self.compute_loss(model, inputs, num_items_in_batch=num_items_in_batch)",
                        head + "           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
                        head + error(job.dice(), job.ranks().firstGpu() + rank)));
        return lines.get(lines.size() - 1);
    }

    private static String error(Dice dice, int gpu) {
        double wanted = dice.real(3.1, 3.9);
        double free = dice.real(0.4, 1.9);
        double used = 79.11 - free;
        double reserved = dice.real(1.2, 2.8);
        return String.format(
                ROOT,
                "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate %.2f GiB. GPU %d has a total capacity of 79.11 GiB"
                        + " of which %.2f GiB is free. Including non-PyTorch memory, this process has %.2f GiB memory in use. Of the allocated"
                        + " memory %.2f GiB is allocated by PyTorch, and %.2f GiB is reserved by PyTorch but unallocated. If reserved but"
                        + " unallocated memory is large try setting PYTORCH_CUDA_ALLOC_CONF=expandable_segments:True to avoid fragmentation."
                        + "  See documentation for Memory Management "
                        + " (https://pytorch.org/docs/stable/notes/cuda.html#environment-variables)",
                wanted,
                gpu,
                free,
                used,
                used - reserved - 0.9,
                reserved);
    }
}

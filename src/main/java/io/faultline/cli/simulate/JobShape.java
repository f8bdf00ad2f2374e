package io.faultline.cli.simulate;

/**
 * What is typical of one Megatron job.
 *
 * @param stepMillis the usual step
 * @param firstIteration the one it starts with; more than 1 means it goes on from a checkpoint
 * @param batch samples a step
 * @param loss where the loss will settle
 * @param half trained in fp16, with a loss scale that has to be found first
 * @param saveEvery iterations between checkpoints
 * @param saveMillis how long training stands still for one
 * @param evaluateEvery iterations between evaluations
 */
record JobShape(
        String name,
        int stepMillis,
        int firstIteration,
        int totalIterations,
        int batch,
        double loss,
        double gradNorm,
        double learningRate,
        double tflops,
        boolean half,
        int saveEvery,
        int saveMillis,
        int evaluateEvery) {

    static final JobShape LLM =
            new JobShape("train-llm", 3900, 41_201, 160_000, 1024, 2.21, 0.42, 2.4e-4, 421, false, 150, 74_000, 120);

    private static final JobShape[] SMALL = {
        new JobShape("train-moe", 2700, 1, 60_000, 256, 2.63, 0.81, 3.0e-4, 187, true, 200, 31_000, 170),
        new JobShape("train-vlm", 3300, 8_801, 50_000, 512, 1.94, 0.36, 1.1e-4, 302, false, 170, 52_000, 140),
        new JobShape("train-asr", 2300, 15_401, 90_000, 384, 2.37, 0.55, 1.8e-4, 244, false, 260, 28_000, 190),
        new JobShape("train-code", 3000, 27_601, 120_000, 512, 2.05, 0.47, 2.0e-4, 356, false, 180, 44_000, 160)
    };

    static JobShape small(int index) {
        return SMALL[index];
    }
}

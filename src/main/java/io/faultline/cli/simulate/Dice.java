package io.faultline.cli.simulate;

import java.util.Locale;
import java.util.SplittableRandom;

/**
 * One component's own randomness. Each is seeded by the simulation's seed and the component's name, so that a new
 * component, or one that draws more numbers, leaves all others as they were.
 */
final class Dice {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final SplittableRandom random;

    Dice(long seed, String component) {
        long hash = FNV_OFFSET ^ seed * 0x9e3779b97f4a7c15L;
        for (int i = 0; i < component.length(); i++) {
            hash = (hash ^ component.charAt(i)) * FNV_PRIME;
        }
        this.random = new SplittableRandom(hash);
    }

    /** From least to most, both included. */
    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    long millis(long least, long most) {
        return random.nextLong(least, most + 1);
    }

    double real(double least, double most) {
        return least + (most - least) * random.nextDouble();
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** Normally distributed: the sum of twelve draws, which has no far outliers that would look like a fault. */
    double noise(double deviation) {
        double sum = -6;
        for (int i = 0; i < 12; i++) {
            sum += random.nextDouble();
        }
        return sum * deviation;
    }

    /** How many events happen where {@code mean} are expected (Knuth's method; means up to a few hundred). */
    int poisson(double mean) {
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }

    String hex(int digits) {
        return String.format(Locale.ROOT, "%016x", random.nextLong()).substring(0, digits);
    }

    String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}

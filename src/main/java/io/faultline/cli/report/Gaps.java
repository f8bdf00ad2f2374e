package io.faultline.cli.report;

import io.faultline.cli.report.ReportSeries.Point;
import java.util.ArrayList;
import java.util.List;

/** Where a series was silent its line must break: a line drawn across a stall says that nothing happened. */
final class Gaps {

    /** So many usual steps without a value are silence, not jitter. */
    private static final int STEPS = 3;

    private Gaps() {}

    /** The points, and in each silence one that is no number. */
    static List<Point> marked(List<Point> points) {
        if (points.size() < 3) {
            return points;
        }
        long usual = usualStep(points);
        List<Point> marked = new ArrayList<>(points.size() + 8);
        Point before = points.get(0);
        for (Point point : points) {
            if (point.epochMillis() - before.epochMillis() > STEPS * usual) {
                marked.add(new Point(before.epochMillis() + usual, Double.NaN));
            }
            marked.add(point);
            before = point;
        }
        return marked;
    }

    /** The median step, so that a few long silences do not count. */
    private static long usualStep(List<Point> points) {
        long[] steps = new long[points.size() - 1];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = points.get(i + 1).epochMillis() - points.get(i).epochMillis();
        }
        java.util.Arrays.sort(steps);
        return Math.max(1, steps[steps.length / 2]);
    }
}

package io.faultline.cli.report;

import io.faultline.cli.report.ReportSeries.Point;
import java.util.ArrayList;
import java.util.List;

/** Fewer points that draw the same line: of each stretch of time its lowest and its highest stay, so no spike is lost. */
final class Thinning {

    /** A chart is seldom wider in pixels. */
    static final int MAX_POINTS = 1000;

    private Thinning() {}

    static List<Point> thin(List<Point> points, int most) {
        if (points.size() <= most) {
            return points;
        }
        // A stretch keeps three points at most: low, high and one that is no number.
        int stretches = Math.max(1, most / 3);
        List<Point> kept = new ArrayList<>(most);
        for (int i = 0; i < stretches; i++) {
            int from = (int) ((long) points.size() * i / stretches);
            int to = (int) ((long) points.size() * (i + 1) / stretches);
            keepExtremes(points.subList(from, to), kept);
        }
        return kept;
    }

    private static void keepExtremes(List<Point> stretch, List<Point> kept) {
        int low = -1;
        int high = -1;
        int gap = -1;
        for (int i = 0; i < stretch.size(); i++) {
            double value = stretch.get(i).value();
            if (!Double.isFinite(value)) {
                gap = gap < 0 ? i : gap;
                continue;
            }
            low = low < 0 || value < stretch.get(low).value() ? i : low;
            high = high < 0 || value > stretch.get(high).value() ? i : high;
        }
        for (int i = 0; i < stretch.size(); i++) {
            if (i == low || i == high || i == gap) {
                kept.add(stretch.get(i));
            }
        }
    }
}

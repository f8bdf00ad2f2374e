package io.faultline.cli;

import java.nio.file.Path;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How far a run is, drawn on standard error where that is a terminal, nowhere else. */
final class ProgressLine implements RunListener, AutoCloseable {

    private static final long MEGABYTE = 1_000_000;

    private final @Nullable ProgressBar bar;

    private ProgressLine(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    static ProgressLine over(String task, List<Path> files, boolean shown) {
        if (!shown) {
            return new ProgressLine(null);
        }
        ProgressBarBuilder builder = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(InputFiles.size(files))
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUnit(" MB", MEGABYTE)
                .setUpdateIntervalMillis(200)
                .showSpeed()
                .clearDisplayOnFinish();
        return new ProgressLine(builder.build());
    }

    @Override
    public void read(long bytes) {
        if (bar != null) {
            bar.stepTo(bytes);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}

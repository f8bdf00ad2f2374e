package io.faultline.cli;

/**
 * What the two outputs are. Java 17 can not ask for each by itself, so the launcher says it.
 *
 * @param colour whether standard output may be coloured
 * @param progress whether standard error may show a progress bar
 */
record CliTerminal(boolean colour, boolean progress) {

    static CliTerminal ofLauncher() {
        boolean plain = System.getenv("NO_COLOR") != null || "dumb".equals(System.getenv("TERM"));
        return new CliTerminal(
                Boolean.getBoolean("faultline.stdout.terminal") && !plain,
                Boolean.getBoolean("faultline.stderr.terminal") && !"dumb".equals(System.getenv("TERM")));
    }
}

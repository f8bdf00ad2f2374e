package io.faultline.settings;

import java.util.List;

/** What a person wrote is wrong; the message lists every problem, a line each, and needs no stack trace. */
public final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public SettingsException(String where, List<String> problems) {
        super(count(problems.size()) + " in " + where + ":\n  " + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }

    private static String count(int size) {
        return size == 1 ? "1 problem" : size + " problems";
    }
}

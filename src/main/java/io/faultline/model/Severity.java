package io.faultline.model;

/** How bad a record is, in OpenTelemetry's numbers (the first of each range of four). */
public enum Severity {
    TRACE(1),
    DEBUG(5),
    INFO(9),
    WARN(13),
    ERROR(17),
    FATAL(21);

    private final int number;

    Severity(int number) {
        this.number = number;
    }

    /** 1…24. */
    public int number() {
        return number;
    }

    /** The range a number of 1…24 is in; numbers outside of it go to the nearest. */
    public static Severity ofNumber(int number) {
        int index = Math.floorDiv(number - 1, 4);
        return values()[Math.max(0, Math.min(values().length - 1, index))];
    }
}

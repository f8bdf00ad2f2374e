package io.faultline.cli.simulate;

/** A line of a log file; its number is known once the file is written. */
final class Line {

    private final String file;
    private final long at;
    private final String text;
    private int number;

    Line(String file, long at, String text) {
        this.file = file;
        this.at = at;
        this.text = text;
    }

    long at() {
        return at;
    }

    String text() {
        return text;
    }

    void number(int newNumber) {
        number = newNumber;
    }

    FaultLabel.Place place() {
        if (number == 0) {
            throw new IllegalStateException(file + ": this line was never written: " + text);
        }
        return new FaultLabel.Place(file, number);
    }
}

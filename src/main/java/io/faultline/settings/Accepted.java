package io.faultline.settings;

import java.util.List;
import java.util.regex.Pattern;

/** What a value may be. As text it is what a problem says that tells of another one. */
public sealed interface Accepted {

    /** Any one value. */
    record Text() implements Accepted {
        @Override
        public String toString() {
            return "text";
        }
    }

    /**
     * A text of one form.
     *
     * @param form all of the text
     * @param words what it looks like
     */
    record Form(Pattern form, String words) implements Accepted {
        @Override
        public String toString() {
            return words;
        }
    }

    /** A list of values, or a single text. */
    record Texts() implements Accepted {
        @Override
        public String toString() {
            return "a list of texts";
        }
    }

    /** Yes or no. */
    record Flag() implements Accepted {
        @Override
        public String toString() {
            return "true or false";
        }
    }

    /** A whole number within bounds. */
    record Whole(int least, int most) implements Accepted {
        @Override
        public String toString() {
            return "a whole number from " + least + " to " + most;
        }
    }

    /** A number within bounds. */
    record Decimal(double least, double most) implements Accepted {
        @Override
        public String toString() {
            return "a number from " + least + " to " + most;
        }
    }

    /** See {@link Durations}. */
    record Time() implements Accepted {
        @Override
        public String toString() {
            return "a duration as 500ms, 30s, 10m, 2h or 7d";
        }
    }

    /** One of some words. */
    record Choice(List<String> words) implements Accepted {
        public Choice {
            words = List.copyOf(words);
        }

        @Override
        public String toString() {
            return "one of " + String.join(", ", words);
        }
    }
}

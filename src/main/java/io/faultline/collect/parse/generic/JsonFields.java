package io.faultline.collect.parse.generic;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.collect.parse.format.SeverityWords;
import io.faultline.collect.parse.format.Timestamps;
import io.faultline.model.Severity;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object by dotted name, and which of them are message, level, time and stack trace. A list is kept
 * as its text.
 */
final class JsonFields {

    /** A record of more is a dump; its message keeps it whole. */
    private static final int MOST = 64;

    /** A list's text is cut there. */
    private static final int LONGEST_LIST = 256;

    private static final int DEEPEST = 32;

    private final String source;
    private String[] keys = new String[16];
    private String[] values = new String[16];
    private JsonKeys.@Nullable Meaning[] meanings = new JsonKeys.Meaning[16];
    private int size;

    private int message = -1;
    private int level = -1;
    private boolean levelIsNumber;
    private int exception = -1;
    private @Nullable StringBuilder wrong;

    /** @param source the text that is read */
    JsonFields(String source) {
        this.source = source;
    }

    /** Reads the object whose start was just read. */
    void read(JsonParser json) throws IOException {
        object(json, null, 0);
    }

    private void object(JsonParser json, @Nullable String prefix, int depth) throws IOException {
        String name;
        while ((name = json.nextFieldName()) != null) {
            String key = prefix == null ? name : prefix + '.' + name;
            JsonToken value = json.nextToken();
            if (value == null) {
                return;
            }
            switch (value) {
                case START_OBJECT -> {
                    check(key, value, depth);
                    if (depth == DEEPEST || size == MOST) {
                        json.skipChildren();
                    } else {
                        object(json, key, depth + 1);
                    }
                }
                case START_ARRAY -> {
                    check(key, value, depth);
                    int from = (int) json.currentTokenLocation().getCharOffset();
                    json.skipChildren();
                    list(key, from, (int) json.currentLocation().getCharOffset());
                }
                case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> put(key, json.getText(), value);
                case VALUE_TRUE, VALUE_FALSE -> {
                    check(key, value, depth);
                    put(key, value == JsonToken.VALUE_TRUE ? "true" : "false", value);
                }
                default -> {}
            }
        }
    }

    private void list(String key, int from, int to) {
        JsonKeys.Meaning meaning = JsonKeys.of(key);
        if ((meaning == null || meaning.role() == JsonKeys.Role.MEASURE) && size < MOST && from >= 0 && from < to) {
            String text = source.substring(from, Math.min(to, from + LONGEST_LIST));
            add(key, to - from > LONGEST_LIST ? text + '…' : text, null);
        }
    }

    private void put(String key, String value, JsonToken type) {
        JsonKeys.Meaning meaning = JsonKeys.of(key);
        boolean flag = type == JsonToken.VALUE_TRUE || type == JsonToken.VALUE_FALSE;
        if (size == MOST && meaning == null) {
            return;
        }
        if (meaning != null) {
            switch (meaning.role()) {
                case MESSAGE -> message = better(message, meaning);
                case LEVEL -> {
                    int now = flag ? level : better(level, meaning);
                    levelIsNumber = now == level ? levelIsNumber : type != JsonToken.VALUE_STRING;
                    level = now;
                }
                case EXCEPTION -> exception = flag ? exception : better(exception, meaning);
                case TIME, MEASURE -> {}
            }
            meaning = flag && meaning.role() == JsonKeys.Role.MEASURE ? null : meaning;
        }
        add(key, value, meaning);
    }

    private int better(int before, JsonKeys.Meaning meaning) {
        JsonKeys.Meaning other = before < 0 ? null : meanings[before];
        return other == null || meaning.rank() < other.rank() ? size : before;
    }

    private void add(String key, String value, JsonKeys.@Nullable Meaning meaning) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
            meanings = Arrays.copyOf(meanings, 2 * size);
        }
        keys[size] = key;
        values[size] = value;
        meanings[size++] = meaning;
    }

    /** The value of a key, or null. */
    @Nullable
    String get(String key) {
        for (int i = 0; i < size; i++) {
            if (keys[i].equals(key)) {
                return values[i];
            }
        }
        return null;
    }

    @Nullable
    String message() {
        String text = message < 0 ? null : values[message];
        return text == null || exception < 0 ? text : text + "\n" + values[exception];
    }

    /** Whether there is a message and no stack trace beside it, so that the message may be a line of its own. */
    boolean isPlain() {
        return message >= 0 && exception < 0;
    }

    int severityNumber() {
        int number = level < 0 ? 0 : levelIsNumber ? ofNumber(keys[level], values[level]) : ofWord(values[level]);
        return number == 0 ? Severity.INFO.number() : number;
    }

    String severityText() {
        return level < 0 ? "" : values[level];
    }

    /** {@code warning}, {@code W}, and slog's {@code ERROR+2}. */
    static int ofWord(String word) {
        if (word.length() == 1) {
            return SeverityWords.numberOf(Character.toUpperCase(word.charAt(0)));
        }
        int number = SeverityWords.numberOf(word);
        int end = number > 0 ? 0 : Math.max(word.indexOf('+'), word.indexOf('-'));
        return end > 0 ? SeverityWords.numberOf(word.substring(0, end)) : number;
    }

    /**
     * OpenTelemetry's 1…24 under its own keys; Python's 10…50 under {@code levelno}; GELF's and syslog's 0…7; else bunyan's
     * and pino's 10 trace, 20 debug, 30 info, 40 warn, 50 error, 60 fatal.
     */
    private static int ofNumber(String key, String written) {
        long number = new Cursor(written).number();
        if (key.startsWith("severity")) {
            return number >= 1 && number <= 24 ? (int) number : 0;
        }
        if (number >= 0 && number <= 7) {
            return SeverityWords.numberOfPriority((int) number);
        }
        long step = key.equals("levelno") ? number / 10 + 1 : number / 10;
        return number >= 10 && number <= 60 ? (int) Math.min(step - 1, 5) * 4 + 1 : 0;
    }

    @Nullable
    Instant time(Timestamps timestamps) {
        Instant best = null;
        int rank = Integer.MAX_VALUE;
        for (int i = 0; i < size; i++) {
            JsonKeys.Meaning meaning = meanings[i];
            if (meaning != null && meaning.role() == JsonKeys.Role.TIME && meaning.rank() < rank) {
                Instant time = JsonTimes.of(values[i], timestamps);
                if (time != null) {
                    best = time;
                    rank = meaning.rank();
                }
            }
        }
        return best != null ? best : JsonTimes.ofParts(this);
    }

    /** Puts the numbers of the vocabulary to the measures, and what is neither message nor level nor time to the attributes. */
    void describe(Draft draft) {
        for (int i = 0; i < size; i++) {
            JsonKeys.Meaning meaning = meanings[i];
            if (meaning == null) {
                draft.attribute(keys[i], values[i]);
            } else if (meaning.role() == JsonKeys.Role.MEASURE) {
                String value = values[i];
                if (!Numbers.put(draft.measures(), meaning.name(), 1, value, 0, value.length())) {
                    draft.attribute(keys[i], value);
                }
            }
        }
    }

    /** What is wrong where message, level or time is an object, a list or, save the message, a flag; null where nothing is. */
    @Nullable
    String wrongType() {
        return wrong == null ? null : wrong.toString();
    }

    private void check(String key, JsonToken type, int depth) {
        JsonKeys.Meaning meaning = depth > 0 ? null : JsonKeys.of(key);
        if (meaning == null || meaning.role() == JsonKeys.Role.EXCEPTION || meaning.role() == JsonKeys.Role.MEASURE) {
            return;
        }
        boolean flag = type == JsonToken.VALUE_TRUE || type == JsonToken.VALUE_FALSE;
        boolean text = meaning.role() == JsonKeys.Role.MESSAGE;
        if (flag ? text : JsonKeys.mayBeGroup(key, type == JsonToken.START_OBJECT)) {
            return;
        }
        StringBuilder told = wrong == null ? new StringBuilder() : wrong.append("; ");
        told.append('"').append(key).append("\" is ");
        told.append(flag ? "true or false" : type == JsonToken.START_ARRAY ? "a list" : "an object");
        told.append(text ? ", a text would be right" : ", a text or a number would be right");
        wrong = told;
    }
}

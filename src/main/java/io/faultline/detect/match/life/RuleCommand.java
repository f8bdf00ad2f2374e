package io.faultline.detect.match.life;

/**
 * One record of the control topic, or one file of the watched directory.
 *
 * @param key {@code version/RULE/N} holds a version's YAML, {@code rule/RULE} says what is in force, {@code file/RULE} is a
 *     file of the directory
 * @param document what it says; empty where the record or the file was taken away
 */
public record RuleCommand(String key, String document) {

    private static final String VERSION = "version/";
    private static final String HEAD = "rule/";
    private static final String FILE = "file/";

    public static RuleCommand version(String rule, int version, String text) {
        return new RuleCommand(VERSION + rule + "/" + version, text);
    }

    public static RuleCommand head(String rule, String document) {
        return new RuleCommand(HEAD + rule, document);
    }

    public static RuleCommand file(String rule, String text) {
        return new RuleCommand(FILE + rule, text);
    }

    /** Whether a record of the control topic is about rules at all. */
    public static boolean isKey(String key) {
        return key.startsWith(VERSION) || key.startsWith(HEAD) || key.startsWith(FILE);
    }

    boolean isVersion() {
        return key.startsWith(VERSION) && number() > 0;
    }

    boolean isHead() {
        return key.startsWith(HEAD) && !rule().isEmpty();
    }

    boolean isFile() {
        return key.startsWith(FILE) && !rule().isEmpty();
    }

    /** The rule it is about; empty where the key is none of ours. */
    public String rule() {
        int from = key.indexOf('/') + 1;
        int to = key.startsWith(VERSION) ? key.lastIndexOf('/') : key.length();
        return from == 0 || to < from ? "" : key.substring(from, to);
    }

    /** The version; 0 where the key names none. */
    int number() {
        String last = key.substring(key.lastIndexOf('/') + 1);
        boolean isNumber = !last.isEmpty() && last.length() <= 7 && last.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber && !rule().isEmpty() ? Integer.parseInt(last) : 0;
    }
}

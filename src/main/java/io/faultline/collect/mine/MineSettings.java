package io.faultline.collect.mine;

import io.faultline.settings.SettingsReader;
import java.io.Serializable;

/**
 * {@code collect.mine}. The defaults are one configuration for all systems; {@code docs/TEMPLATES.md} has what they reach.
 *
 * @param words {@code words}: how many different words at one place of otherwise equal templates make it a wild-card
 * @param capitals {@code capitals}: the same for words in capitals, which are states more often than values
 * @param numberedWords {@code numbered-words}: the same for words that all hold a digit
 * @param names {@code names}: the same for names: those joined by dots, and what stands behind {@code host}
 * @param templates {@code templates}: the most templates that one key keeps; the one not seen for longest goes first
 * @param longestLine {@code longest-line}: what a line has beyond so many characters is not read
 */
public record MineSettings(int words, int capitals, int numberedWords, int names, int templates, int longestLine)
        implements Serializable {

    public static MineSettings defaults() {
        return new MineSettings(6, 10, 4, 3, 200, 4_096);
    }

    public static MineSettings read(SettingsReader reader) {
        MineSettings defaults = defaults();
        return new MineSettings(
                reader.number("words", defaults.words, 2, 1_000),
                reader.number("capitals", defaults.capitals, 2, 1_000),
                reader.number("numbered-words", defaults.numberedWords, 2, 1_000),
                reader.number("names", defaults.names, 2, 1_000),
                reader.number("templates", defaults.templates, 10, 10_000),
                reader.number("longest-line", defaults.longestLine, 100, 65_536));
    }
}

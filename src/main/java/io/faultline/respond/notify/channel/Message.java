package io.faultline.respond.notify.channel;

import io.faultline.model.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A notice in words, ready for any channel that shows text. No text in it has a line end, and none is marked up: what
 * comes from a log is still what it was, and each channel escapes it as its own side needs.
 *
 * @param subject one line
 * @param language of the words, as HTML writes it
 * @param severity how urgent it is
 * @param over whether it tells an end
 * @param where what it is about
 * @param parts what stands below the subject, the most important first
 * @param remark why the receiver's own template did not say this; empty where it did
 */
public record Message(
        String subject, String language, Level severity, boolean over, String where, List<Part> parts, String remark) {

    public Message {
        parts = List.copyOf(parts);
    }

    /** One part of what stands below the subject. */
    public sealed interface Part {

        /** The lines that show it where nothing but text can be shown. */
        List<String> lines();
    }

    /** A name and its value. */
    public record Fact(String name, String value) implements Part {

        @Override
        public List<String> lines() {
            return List.of(name + ": " + value);
        }
    }

    /** A sentence. */
    public record Sentence(String text) implements Part {

        @Override
        public List<String> lines() {
            return List.of(text);
        }
    }

    /** A place to go on, with its name. */
    public record Link(String name, String url) implements Part {

        @Override
        public List<String> lines() {
            return List.of(name + ": " + url);
        }
    }

    /**
     * A list.
     *
     * @param name what stands above it
     * @param items its lines, at least one
     * @param quoted whether they are lines of logs
     */
    public record Passage(String name, List<String> items, boolean quoted) implements Part {

        public Passage {
            items = List.copyOf(items);
        }

        @Override
        public List<String> lines() {
            return Stream.concat(Stream.of(name + ":"), items.stream().map(item -> "  - " + item))
                    .toList();
        }
    }

    public List<Fact> facts() {
        return parts(Fact.class);
    }

    public List<Link> links() {
        return parts(Link.class);
    }

    public List<Passage> passages() {
        return parts(Passage.class);
    }

    public List<Sentence> sentences() {
        return parts(Sentence.class);
    }

    /** The lines of the message below its subject. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        parts.forEach(part -> lines.addAll(part.lines()));
        return lines;
    }

    /** The lines as one text. */
    public String text() {
        return String.join("\n", lines()) + "\n";
    }

    private <T extends Part> List<T> parts(Class<T> type) {
        return parts.stream().filter(type::isInstance).map(type::cast).toList();
    }
}

package io.faultline.respond.notify.wording;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import com.github.mustachejava.MustacheException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One text of a template, ready to be filled. What comes out is one line. */
final class FilledText {

    /** Longer ones are cut anyway; no template fills more memory than this. */
    private static final int MAX_LENGTH = 4096;

    private final Mustache mustache;

    private FilledText(Mustache mustache) {
        this.mustache = mustache;
    }

    /**
     * @throws MustacheException where it is no Mustache, or wants another file
     */
    static FilledText of(String text) {
        return new FilledText(compiled(text, false));
    }

    /** Of a URL: what a log says can not become another part of it. */
    static FilledText ofUrl(String text) {
        return new FilledText(compiled(text, true));
    }

    /** Its tags, for whoever checks them. */
    Mustache mustache() {
        return mustache;
    }

    /**
     * @param scopes records; the last one that has a field gives it
     */
    String with(List<Object> scopes) {
        Bounded writer = new Bounded();
        try {
            mustache.execute(writer, scopes);
        } catch (MustacheException e) {
            if (!writer.isFull) {
                throw e;
            }
        }
        return writer.toString().strip();
    }

    private static Mustache compiled(String text, boolean isUrl) {
        DefaultMustacheFactory factory = new DefaultMustacheFactory(FilledText::noFile) {
            @Override
            public void encode(String value, Writer writer) {
                write(value, writer);
            }
        };
        factory.setObjectHandler(new FieldValues(isUrl));
        return factory.compile(new StringReader(text), "the text");
    }

    private static java.io.@Nullable Reader noFile(String name) {
        return null;
    }

    /** Channels escape, each in its own way. */
    private static void write(String value, Writer writer) {
        try {
            writer.write(value);
        } catch (java.io.IOException e) {
            throw new MustacheException("can not be written", e);
        }
    }

    /** Takes so much and then fails, which ends any repetition. */
    private static final class Bounded extends StringWriter {

        private boolean isFull;

        @Override
        public void write(int character) {
            check();
            super.write(character);
        }

        @Override
        public void write(String text) {
            check();
            super.write(text);
        }

        @Override
        public void write(String text, int offset, int length) {
            check();
            super.write(text, offset, length);
        }

        @Override
        public void write(char[] text, int offset, int length) {
            check();
            super.write(text, offset, length);
        }

        private void check() {
            if (getBuffer().length() > MAX_LENGTH) {
                isFull = true;
                throw new MustacheException("too long");
            }
        }
    }
}

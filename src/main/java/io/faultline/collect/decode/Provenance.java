package io.faultline.collect.decode;

import io.faultline.collect.decode.envelope.Enclosed;
import io.faultline.model.Attributes;
import io.faultline.model.Origin;
import io.faultline.model.RawLog;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a line comes from, and what is known of it besides its text.
 *
 * @param origin where it was read, and which part of that it is
 * @param observedTimestamp when it was seen, by a shipper where one says so
 * @param stream the file or partition key it was read from
 * @param source the log it belongs to, as its envelope names it; the stream where there is none
 * @param written when it was written, by the envelope's clock; null where none says
 * @param severityNumber 1…24; 0 where no envelope says
 * @param attributes the headers of the Kafka record and what the envelope said
 * @param charset its character set where that is not UTF-8; {@code replaced} where characters were lost; null for nearly
 *     every line
 * @param truncated whether its envelope broke off behind it
 */
public record Provenance(
        Origin origin,
        Instant observedTimestamp,
        String stream,
        String source,
        @Nullable Instant written,
        int severityNumber,
        Attributes attributes,
        @Nullable String charset,
        boolean truncated) {

    static Provenance of(RawLog raw, @Nullable String charset) {
        return new Provenance(
                raw.origin(),
                raw.observedTimestamp(),
                raw.stream(),
                raw.stream(),
                null,
                0,
                raw.headers(),
                charset,
                false);
    }

    /** The same for what was in an envelope that came from here. */
    Provenance of(Enclosed enclosed) {
        String named = enclosed.source();
        boolean streamOnly = named != null && (named.equals("stdout") || named.equals("stderr"));
        return new Provenance(
                origin,
                enclosed.observed() != null ? enclosed.observed() : observedTimestamp,
                stream,
                named == null ? source : streamOnly ? stream + "/" + named : named,
                enclosed.written(),
                enclosed.severityNumber(),
                enclosed.attributes(),
                charset,
                truncated || enclosed.truncated());
    }

    /** The same on an envelope yet to be opened. */
    Enclosed enclosing(String text, boolean fromEnvelope) {
        return new Enclosed(
                text,
                null,
                written,
                fromEnvelope ? observedTimestamp : null,
                severityNumber,
                attributes,
                Enclosed.Part.WHOLE,
                truncated);
    }

    Provenance part(int number) {
        return number == origin.part()
                ? this
                : new Provenance(
                        origin.withPart(number),
                        observedTimestamp,
                        stream,
                        source,
                        written,
                        severityNumber,
                        attributes,
                        charset,
                        truncated);
    }

    Provenance withSource(String newSource) {
        return new Provenance(
                origin, observedTimestamp, stream, newSource, written, severityNumber, attributes, charset, truncated);
    }

    Provenance withCharset(@Nullable String newCharset) {
        return newCharset == null || newCharset.equals(charset)
                ? this
                : new Provenance(
                        origin,
                        observedTimestamp,
                        stream,
                        source,
                        written,
                        severityNumber,
                        attributes,
                        newCharset,
                        truncated);
    }
}

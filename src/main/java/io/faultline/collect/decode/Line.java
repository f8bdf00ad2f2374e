package io.faultline.collect.decode;

import io.faultline.collect.decode.envelope.Enclosed.Part;
import io.faultline.model.Attributes;

/**
 * One line out of its envelopes.
 *
 * @param from what it was cut from
 * @param text without colours and launcher prefixes; of a piece of a line as it was cut
 * @param writer what the launcher prefixes said; lines of one source with the same are written by one process
 * @param whole whether it came as a record of its own, perhaps of several lines, and nothing may be joined to it
 * @param part whether it is a line or a piece of one
 */
record Line(Provenance from, String text, Attributes writer, boolean whole, Part part) {

    Line(Provenance from, String text, Attributes writer) {
        this(from, text, writer, false, Part.WHOLE);
    }
}

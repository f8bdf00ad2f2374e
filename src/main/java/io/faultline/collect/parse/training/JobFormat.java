package io.faultline.collect.parse.training;

import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.FormatParser;

/** A format that training jobs write. An inference engine that writes it too stays one: only a new stream becomes a job's. */
abstract class JobFormat implements FormatParser {

    private final String name;
    private final Family family;

    JobFormat(String name) {
        this(name, Family.TRAINING);
    }

    /** @param family GENERIC for what is told by so little that it must wait for its turn */
    JobFormat(String name, Family family) {
        this.name = name;
        this.family = family;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Family family() {
        return family;
    }

    @Override
    public Family familyIn(Family stream) {
        return stream == Family.GENERIC ? family : stream;
    }
}

package io.faultline.collect.decode;

import io.faultline.model.Attributes;
import java.util.Arrays;

/**
 * The open records of one stream, at most one a writer and one line of it in pieces, the oldest first.
 *
 * @param records never changed in place
 */
public record OpenRecords(OpenRecord[] records) {

    static final OpenRecords NONE = new OpenRecords(new OpenRecord[0]);

    boolean isEmpty() {
        return records.length == 0;
    }

    /** Whether this is what it was before; nothing is compared, because records are never changed in place. */
    boolean isUnchanged(OpenRecords before) {
        return records == before.records;
    }

    /** Which record is this writer's, or -1. */
    int of(String source, Attributes writer) {
        return of(source, writer, false);
    }

    /** Which line in pieces is this writer's, or -1. */
    int piecesOf(String source, Attributes writer) {
        return of(source, writer, true);
    }

    private int of(String source, Attributes writer, boolean pieces) {
        for (int i = 0; i < records.length; i++) {
            OpenRecord record = records[i];
            boolean kind = (record.mode() == OpenRecord.Mode.PIECES) == pieces;
            if (kind && record.writer().equals(writer) && record.from().source().equals(source)) {
                return i;
            }
        }
        return -1;
    }

    OpenRecords with(OpenRecord record) {
        OpenRecord[] more = Arrays.copyOf(records, records.length + 1);
        more[records.length] = record;
        return new OpenRecords(more);
    }

    OpenRecords replace(int index, OpenRecord record) {
        OpenRecord[] changed = records.clone();
        changed[index] = record;
        return new OpenRecords(changed);
    }

    OpenRecords without(int index) {
        if (records.length == 1) {
            return NONE;
        }
        OpenRecord[] fewer = new OpenRecord[records.length - 1];
        System.arraycopy(records, 0, fewer, 0, index);
        System.arraycopy(records, index + 1, fewer, index, fewer.length - index);
        return new OpenRecords(fewer);
    }

    int chars() {
        int chars = 0;
        for (OpenRecord record : records) {
            chars += record.chars();
        }
        return chars;
    }
}

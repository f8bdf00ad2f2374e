package io.faultline.model;

import io.faultline.model.RawLog.Trouble;
import io.faultline.model.Rejected.Reason;
import java.io.IOException;
import java.time.Instant;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Writes a line as few bytes beside its payload: one byte says what else there is. Reflection on the six components and
 * those inside of them would cost more than to decode and parse the line. Records are immutable, so a copy is the record.
 */
// Ordinals and the two halves of an instant are what is written; they cross a network edge of one job, never its state.
@SuppressWarnings({"EnumOrdinal", "JavaInstantGetSecondsGetNano"})
public final class RawLogSerializer extends TypeSerializer<RawLog> {

    private static final long serialVersionUID = 1L;

    private static final Origin.Type[] TYPES = Origin.Type.values();
    private static final Reason[] REASONS = Reason.values();

    private static final int TYPE = 0b11;
    /** The origin's name is the stream's: true of files. */
    private static final int NAMED_AS_STREAM = 1 << 2;

    private static final int HAS_HEADERS = 1 << 3;
    private static final int HAS_TROUBLE = 1 << 4;

    private transient @Nullable RepeatedText texts;

    @Override
    public void serialize(RawLog log, DataOutputView out) throws IOException {
        Origin origin = log.origin();
        boolean namedAsStream = origin.name().equals(log.stream());
        int parts = origin.type().ordinal()
                | (namedAsStream ? NAMED_AS_STREAM : 0)
                | (log.headers().isEmpty() ? 0 : HAS_HEADERS)
                | (log.trouble() == null ? 0 : HAS_TROUBLE);
        out.writeByte(parts);
        RepeatedText names = texts();
        names.write(log.stream(), out);
        if (!namedAsStream) {
            names.write(origin.name(), out);
        }
        out.writeInt(origin.partition());
        out.writeLong(origin.position());
        out.writeLong(log.observedTimestamp().getEpochSecond());
        out.writeInt(log.observedTimestamp().getNano());
        out.writeInt(log.payload().length);
        out.write(log.payload());
        if ((parts & HAS_HEADERS) != 0) {
            writeHeaders(log.headers(), out);
        }
        if (log.trouble() != null) {
            out.writeByte(log.trouble().reason().ordinal());
            names.write(log.trouble().detail(), out);
        }
    }

    @Override
    public RawLog deserialize(DataInputView in) throws IOException {
        int parts = in.readByte();
        RepeatedText names = texts();
        String stream = names.read(in);
        String name = (parts & NAMED_AS_STREAM) != 0 ? stream : names.read(in);
        Origin origin = new Origin(TYPES[parts & TYPE], name, in.readInt(), in.readLong());
        Instant observed = Instant.ofEpochSecond(in.readLong(), in.readInt());
        byte[] payload = new byte[in.readInt()];
        in.readFully(payload);
        Attributes headers = (parts & HAS_HEADERS) == 0 ? Attributes.NONE : readHeaders(in);
        Trouble trouble = (parts & HAS_TROUBLE) == 0 ? null : new Trouble(REASONS[in.readByte()], names.read(in));
        return new RawLog(origin, observed, stream, payload, headers, trouble);
    }

    private void writeHeaders(Attributes headers, DataOutputView out) throws IOException {
        out.writeInt(headers.size());
        for (int i = 0; i < headers.size(); i++) {
            texts().write(headers.keys()[i], out);
            texts().write(headers.values()[i], out);
        }
    }

    private Attributes readHeaders(DataInputView in) throws IOException {
        int size = in.readInt();
        String[] keys = new String[size];
        String[] values = new String[size];
        for (int i = 0; i < size; i++) {
            keys[i] = texts().read(in);
            values[i] = texts().read(in);
        }
        return new Attributes(keys, values);
    }

    private RepeatedText texts() {
        RepeatedText known = texts;
        if (known == null) {
            known = new RepeatedText();
            texts = known;
        }
        return known;
    }

    @Override
    public RawLog deserialize(RawLog reuse, DataInputView in) throws IOException {
        return deserialize(in);
    }

    @Override
    public RawLog copy(RawLog from) {
        return from;
    }

    @Override
    public RawLog copy(RawLog from, RawLog reuse) {
        return from;
    }

    @Override
    public void copy(DataInputView in, DataOutputView out) throws IOException {
        serialize(deserialize(in), out);
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    /** Not shared: what it remembers of the texts belongs to one thread. */
    @Override
    public TypeSerializer<RawLog> duplicate() {
        return new RawLogSerializer();
    }

    @Override
    public RawLog createInstance() {
        return new RawLog(Origin.stdin(0), Instant.EPOCH, "", new byte[0], Attributes.NONE);
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RawLogSerializer;
    }

    @Override
    public int hashCode() {
        return RawLogSerializer.class.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<RawLog> snapshotConfiguration() {
        return new Snapshot();
    }

    /** A change of the bytes above is a new serializer class: Flink then sees that the old bytes are not its own. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<RawLog> {
        public Snapshot() {
            super(RawLogSerializer::new);
        }
    }
}

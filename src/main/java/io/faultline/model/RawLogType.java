package io.faultline.model;

import java.io.Serializable;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/** How a {@link RawLog} travels: every line that is read is shuffled once, so it has a serializer of its own. */
public final class RawLogType extends TypeInformation<RawLog> implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Gives Flink this type wherever it meets a {@link RawLog}. */
    public static final class Factory extends TypeInfoFactory<RawLog> {
        @Override
        public TypeInformation<RawLog> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
            return new RawLogType();
        }
    }

    @Override
    public TypeSerializer<RawLog> createSerializer(SerializerConfig config) {
        return new RawLogSerializer();
    }

    @Override
    @Deprecated
    @SuppressWarnings({"deprecation", "InlineMeSuggester"
    }) // Flink 1.20 still makes us implement the call that the other one replaced
    public TypeSerializer<RawLog> createSerializer(org.apache.flink.api.common.ExecutionConfig config) {
        return new RawLogSerializer();
    }

    @Override
    public Class<RawLog> getTypeClass() {
        return RawLog.class;
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof RawLogType;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RawLogType;
    }

    @Override
    public int hashCode() {
        return RawLogType.class.hashCode();
    }

    @Override
    public String toString() {
        return "RawLog";
    }
}

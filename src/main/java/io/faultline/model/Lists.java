package io.faultline.model;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/** How the lists inside records travel: without these, Flink hands them to Kryo. */
public final class Lists {

    private Lists() {}

    /** {@code List<String>}. */
    public static final class OfString extends TypeInfoFactory<List<String>> {
        @Override
        public TypeInformation<List<String>> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
            return Types.LIST(Types.STRING);
        }
    }

    /** {@code List<Evidence>}. */
    public static final class OfEvidence extends TypeInfoFactory<List<Evidence>> {
        @Override
        public TypeInformation<List<Evidence>> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
            return Types.LIST(Types.POJO(Evidence.class));
        }
    }

    /** {@code List<Entity>}. */
    public static final class OfEntity extends TypeInfoFactory<List<Entity>> {
        @Override
        public TypeInformation<List<Entity>> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
            return Types.LIST(Types.POJO(Entity.class));
        }
    }

    /** {@code List<Alert>}. */
    public static final class OfAlert extends TypeInfoFactory<List<Alert>> {
        @Override
        public TypeInformation<List<Alert>> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
            return Types.LIST(Types.POJO(Alert.class));
        }
    }

    /** {@code List<Part>}. */
    public static final class OfPart extends TypeInfoFactory<List<Part>> {
        @Override
        public TypeInformation<List<Part>> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
            return Types.LIST(Types.POJO(Part.class));
        }
    }

    /** {@code List<Change>}. */
    public static final class OfChange extends TypeInfoFactory<List<Change>> {
        @Override
        public TypeInformation<List<Change>> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
            return Types.LIST(Types.POJO(Change.class));
        }
    }

    /** {@code List<Incident>}. */
    public static final class OfIncident extends TypeInfoFactory<List<Incident>> {
        @Override
        public TypeInformation<List<Incident>> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
            return Types.LIST(Types.POJO(Incident.class));
        }
    }
}

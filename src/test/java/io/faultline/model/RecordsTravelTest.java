package io.faultline.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.api.java.typeutils.MapTypeInfo;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.api.java.typeutils.TypeExtractor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordsTravelTest {

    static Stream<Class<?>> records() {
        return Stream.of(
                TextLog.class,
                LogEvent.class,
                WindowStatistics.class,
                SeriesKey.class,
                Alert.class,
                Incident.class,
                JobAccount.class,
                Notification.class,
                Company.class,
                Rejected.class,
                RuleStatus.class,
                FleetEntry.class,
                ClusterSize.class,
                ActionRequest.class,
                ActionResult.class);
    }

    @ParameterizedTest
    @MethodSource("records")
    void travelsWithoutKryo(Class<?> record) {
        TypeInformation<?> type = TypeExtractor.createTypeInfo(record);

        assertThat(type).isInstanceOf(PojoTypeInfo.class);
        assertThat(genericTypesIn(type)).isEmpty();
    }

    static Stream<String> genericTypesIn(TypeInformation<?> type) {
        if (type instanceof GenericTypeInfo<?> generic) {
            return Stream.of(generic.getTypeClass().getName());
        }
        if (type instanceof PojoTypeInfo<?> pojo) {
            return Stream.of(pojo.getFieldNames()).flatMap(field -> genericTypesIn(pojo.getTypeAt(field)));
        }
        if (type instanceof org.apache.flink.api.java.typeutils.ListTypeInfo<?> list) {
            return genericTypesIn(list.getElementTypeInfo());
        }
        if (type instanceof MapTypeInfo<?, ?> map) {
            return Stream.concat(genericTypesIn(map.getKeyTypeInfo()), genericTypesIn(map.getValueTypeInfo()));
        }
        return Stream.of();
    }
}

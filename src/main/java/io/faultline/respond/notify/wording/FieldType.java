package io.faultline.respond.notify.wording;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a field of a template is, read from the records that hold the values. */
sealed interface FieldType {

    /** Something that can be written: a text or a number. */
    record Value() implements FieldType {}

    /** Yes or no. */
    record Flag() implements FieldType {}

    /** Fields with a common name; it may be absent. */
    record Group(Map<String, FieldType> fields) implements FieldType {

        /** The field of a path as {@code cause.title}. */
        Optional<FieldType> find(String path) {
            int dot = path.indexOf('.');
            FieldType field = fields.get(dot < 0 ? path : path.substring(0, dot));
            if (dot < 0 || field == null) {
                return Optional.ofNullable(field);
            }
            return field instanceof Group group ? group.find(path.substring(dot + 1)) : Optional.empty();
        }

        /** All paths below it, those of a list's elements left out. */
        List<String> paths() {
            List<String> paths = new ArrayList<>();
            fields.forEach((name, field) -> {
                paths.add(name);
                if (field instanceof Group group) {
                    group.paths().forEach(path -> paths.add(name + "." + path));
                }
            });
            return paths;
        }
    }

    /** A list. */
    record Items(FieldType element) implements FieldType {}

    /** What a template of a whole message knows. */
    Group OF_A_MESSAGE = group(Fields.class);

    /** What the text of a number knows. */
    Group OF_A_COUNT = group(Fields.Count.class);

    private static Group group(Class<?> type) {
        Map<String, FieldType> fields = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            fields.put(component.getName(), of(component.getGenericType()));
        }
        return new Group(fields);
    }

    private static FieldType of(Type type) {
        if (type instanceof ParameterizedType list) {
            return new Items(of(list.getActualTypeArguments()[0]));
        }
        if (type == boolean.class) {
            return new Flag();
        }
        boolean isGroup = type instanceof Class<?> plain && plain.isRecord() && plain != Fields.Address.class;
        return isGroup ? group((Class<?>) type) : new Value();
    }
}

package io.faultline.respond.notify.wording;

import com.github.mustachejava.Binding;
import com.github.mustachejava.Code;
import com.github.mustachejava.Iteration;
import com.github.mustachejava.TemplateContext;
import com.github.mustachejava.reflect.AbstractObjectHandler;
import com.github.mustachejava.util.Wrapper;
import java.io.Writer;
import java.lang.reflect.RecordComponent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lets Mustache see the components of {@link Fields} and nothing else of any object: no method, no class, no file. */
final class FieldValues extends AbstractObjectHandler {

    /** Java copies all components of a record each time it is asked for them. */
    private static final ClassValue<Map<String, RecordComponent>> COMPONENTS = new ClassValue<>() {
        @Override
        protected Map<String, RecordComponent> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents())
                    .collect(Collectors.toMap(RecordComponent::getName, Function.identity()));
        }
    };

    private final boolean inUrl;

    /**
     * @param inUrl whether values become parts of a URL
     */
    FieldValues(boolean inUrl) {
        this.inUrl = inUrl;
    }

    @Override
    public Wrapper find(String name, List<Object> scopes) {
        return within -> value(name, within);
    }

    @Override
    public Binding createBinding(String name, TemplateContext context, Code code) {
        return scopes -> value(name, scopes);
    }

    @Override
    public String stringify(Object value) {
        boolean encoded = inUrl && !(value instanceof Fields.Address);
        return encoded
                ? URLEncoder.encode(value.toString(), StandardCharsets.UTF_8).replace("+", "%20")
                : value.toString();
    }

    @Override
    public Writer falsey(Iteration iteration, Writer writer, @Nullable Object value, List<Object> scopes) {
        return isNo(value) ? iteration.next(writer, false, scopes) : super.falsey(iteration, writer, value, scopes);
    }

    @Override
    public Writer iterate(Iteration iteration, Writer writer, @Nullable Object value, List<Object> scopes) {
        return isNo(value) ? writer : super.iterate(iteration, writer, value, scopes);
    }

    private static boolean isNo(@Nullable Object value) {
        return value == null
                || (value instanceof Number number && number.longValue() == 0)
                || (value instanceof Fields.Address address && address.url().isEmpty());
    }

    /** The innermost scope that has the path's first name decides. */
    private static @Nullable Object value(String path, List<Object> scopes) {
        int dot = path.indexOf('.');
        String first = dot < 0 ? path : path.substring(0, dot);
        for (int i = scopes.size() - 1; i >= 0; i--) {
            RecordComponent component = component(scopes.get(i), first);
            if (component != null) {
                Object found = get(component, scopes.get(i));
                return dot < 0 || found == null ? found : value(path.substring(dot + 1), List.of(found));
            }
        }
        return null;
    }

    private static @Nullable RecordComponent component(@Nullable Object scope, String name) {
        if (scope instanceof Record group && !(scope instanceof Fields.Address)) {
            return COMPONENTS.get(group.getClass()).get(name);
        }
        return null;
    }

    private static @Nullable Object get(RecordComponent component, Object scope) {
        try {
            return component.getAccessor().invoke(scope);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a component of a record of this package is always there", e);
        }
    }
}

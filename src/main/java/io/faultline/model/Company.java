package io.faultline.model;

import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * The incidents that are told together with another one.
 *
 * @param listed the worst first
 * @param more how many there are beyond those
 */
public record Company(@TypeInfo(Lists.OfIncident.class) List<Incident> listed, int more) {

    /** It is told alone. */
    public static final Company NONE = new Company(List.of(), 0);

    public Company {
        listed = List.copyOf(listed);
    }
}

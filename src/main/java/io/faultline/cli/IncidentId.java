package io.faultline.cli;

import io.faultline.settings.Problems;
import java.util.regex.Pattern;

/** The ids of incidents as people type them. */
final class IncidentId {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{16}");

    private IncidentId() {}

    static void check(String typed, Problems problems) {
        if (!FORM.matcher(typed).matches()) {
            problems.add("INCIDENT", "\"" + typed + "\" is no id of an incident as 8c5f0a12b3d4e5f6");
        }
    }
}

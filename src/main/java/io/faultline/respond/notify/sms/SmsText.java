package io.faultline.respond.notify.sms;

import io.faultline.respond.notify.channel.Message;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.TextLine;
import io.faultline.respond.notify.channel.Wording;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A notice in one short text: 160 characters of the GSM alphabet, or 70 where there is any other (3GPP TS 23.038).
 *
 * @param whole the text
 * @param variables the same in parts, for providers that only fill in a template that they have approved
 */
record SmsText(String whole, Map<String, String> variables) {

    /** The names of the variables, in the order of their weight. */
    static final List<String> NAMES = List.of("severity", "title", "where", "incident");

    private static final int GSM = 160;
    private static final int UNICODE = 70;

    /** Those of ASCII that take two places in the GSM alphabet, and the one that it does not have. */
    private static final String DOUBLE = "^{}\\[~]|";

    private static final char MISSING = '`';

    SmsText {
        variables = Map.copyOf(variables);
    }

    static SmsText of(Notice notice, Wording wording) {
        Message message = wording.message(notice);
        String where = message.where();
        String id = notice.incident().id();
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("severity", notice.incident().severity().id());
        variables.put("title", TextLine.of(notice.incident().title()));
        variables.put("where", where);
        variables.put("incident", id);
        return new SmsText(fitted(message.subject().replace("…", "...") + " " + where, " " + id), variables);
    }

    /** The variables with these names, each at most so long and without the brackets that only a signature may have. */
    Map<String, String> variables(List<String> names, int maxLength) {
        Map<String, String> chosen = new LinkedHashMap<>();
        names.forEach(name -> chosen.put(
                name,
                TextLine.cut(variables.getOrDefault(name, ""), maxLength)
                        .replace('【', '[')
                        .replace('】', ']')));
        return chosen;
    }

    private static String fitted(String head, String tail) {
        if (size(head + tail) <= limit(head + tail)) {
            return head + tail;
        }
        boolean gsm = limit(head + tail) == GSM;
        String mark = gsm ? "..." : "…";
        int end = head.length();
        while (size(head.substring(0, end) + mark + tail) > limit(head + tail)) {
            end -= Character.isLowSurrogate(head.charAt(end - 1)) ? 2 : 1;
        }
        return head.substring(0, end) + mark + tail;
    }

    private static int limit(String text) {
        return text.chars().allMatch(c -> c < 0x80 && c != MISSING) ? GSM : UNICODE;
    }

    private static int size(String text) {
        boolean gsm = limit(text) == GSM;
        return gsm ? text.chars().map(c -> DOUBLE.indexOf(c) >= 0 ? 2 : 1).sum() : text.length();
    }
}

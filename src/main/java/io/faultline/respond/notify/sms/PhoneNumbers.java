package io.faultline.respond.notify.sms;

import io.faultline.settings.SettingsReader;
import java.util.List;

/** Numbers of telephones as E.164 writes them. */
final class PhoneNumbers {

    private PhoneNumbers() {}

    static List<String> read(SettingsReader reader) {
        List<String> numbers = reader.texts("to", List.of());
        if (numbers.isEmpty()) {
            reader.problem("to", "needs at least one number");
        }
        numbers.stream()
                .filter(number -> !isNumber(number))
                .forEach(number -> reader.problem("to", "\"" + masked(number) + "\" is not as +8613800000000"));
        return numbers;
    }

    /** {@code +86…00}: enough to tell two apart, too little to call. */
    static String masked(String number) {
        return number.length() < 8 ? "…" : number.substring(0, 3) + "…" + number.substring(number.length() - 2);
    }

    private static boolean isNumber(String text) {
        return text.length() >= 8
                && text.length() <= 16
                && text.charAt(0) == '+'
                && text.charAt(1) != '0'
                && text.substring(1).chars().allMatch(c -> c >= '0' && c <= '9');
    }
}

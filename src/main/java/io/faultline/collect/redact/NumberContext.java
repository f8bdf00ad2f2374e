package io.faultline.collect.redact;

import java.util.Locale;
import java.util.Set;

/**
 * What stands around a number. Logs of machines are full of numbers as long as a telephone's: 16 GiB are 17179869184
 * bytes, which is also a valid number of a mobile in China.
 */
final class NumberContext {

    /** How far before a number its key may begin. */
    private static final int REACH = 48;

    private static final int BLOCK = 512;

    private static final String[] PERSONAL = {
        "phone", "mobile", "tel", "cell", "msisdn", "contact", "whatsapp", "wechat", "sms", "fax", "call", "user",
                "customer",
        "caller", "account", "card", "pan", "iban", "ssn", "passport", "social security", "手机", "电话", "联系", "微信", "号码",
        "身份证", "银行卡", "卡号", "用户", "客户"
    };

    /** Units and other words that make a number a quantity. */
    private static final Set<String> QUANTITIES = Set.of(
            "b",
            "byte",
            "bytes",
            "bits",
            "kb",
            "kib",
            "mb",
            "mib",
            "gb",
            "gib",
            "tokens",
            "token",
            "samples",
            "elements",
            "elems",
            "params",
            "parameters",
            "ns",
            "us",
            "ms",
            "s",
            "sec",
            "secs",
            "seconds",
            "nanoseconds",
            "microseconds",
            "steps",
            "iterations",
            "iters",
            "ops",
            "flops",
            "flop",
            "cycles",
            "rows",
            "records",
            "words",
            "size",
            "sizes",
            "memory",
            "allocated",
            "reserved",
            "free",
            "total",
            "used",
            "offset",
            "seed",
            "seq",
            "sequence",
            "count",
            "blocks",
            "pages",
            "hz",
            "step",
            "iteration",
            "of",
            "x",
            "numel",
            "epoch",
            "timestamp",
            "time",
            "than",
            "exceeds",
            "limit",
            "max",
            "min",
            "pid",
            "addr",
            "address",
            "requested",
            "available",
            "needed",
            "capacity");

    private NumberContext() {}

    /** Whether a word before the number, in its key or in the sentence, says that it belongs to a person. */
    static boolean isPersonal(String text, DigitRun run) {
        String before = text.substring(Math.max(0, run.start() - REACH), run.start());
        int line = before.lastIndexOf('\n');
        String near = before.substring(line + 1).toLowerCase(Locale.ROOT);
        for (String word : PERSONAL) {
            int at = near.lastIndexOf(word);
            if (at >= 0 && near.length() - at - word.length() <= 24 && beginsThere(near, at, word)) {
                return true;
            }
        }
        return false;
    }

    /** {@code tel} is no word in {@code model telemetry}; Chinese is written without spaces. */
    private static boolean beginsThere(String near, int at, String word) {
        if (word.charAt(0) > 'z') {
            return true;
        }
        boolean begins = !Texts.isLetter(Texts.at(near, at - 1));
        char after = Texts.at(near, at + word.length());
        begins &= after != ']' || Texts.at(near, at - 1) == '['; // not the name of a rule where something was taken out
        return begins && (!Texts.isLetter(after) || near.startsWith("phone", at) || near.startsWith("ephone", at + 3));
    }

    /** Whether the number is a size, a count, a time or one of a list: what machines write, not people. */
    static boolean isQuantity(String text, DigitRun run) {
        int before = run.start() - 1;
        while (Texts.isSpace(Texts.at(text, before))) {
            before--;
        }
        char sign = Texts.at(text, before);
        char afterSign = Texts.at(text, run.end());
        boolean inQuotes = Texts.isQuote(sign) && before == run.start() - 1 && afterSign == sign;
        boolean assigned = !inQuotes && sign != 0 && "=:|[+*<>".indexOf(sign) >= 0;
        boolean inList = sign == ',' && Texts.isDigit(Texts.at(text, before - 1));
        return assigned || inList || afterSign == '%' || isSize(run.digits()) || isCounted(text, run);
    }

    /** Whether a unit stands behind the number, or before it the word that says what is counted. */
    static boolean isCounted(String text, DigitRun run) {
        int before = run.start() - 1;
        while (Texts.isSpace(Texts.at(text, before))) {
            before--;
        }
        return QUANTITIES.contains(wordBefore(text, before)) || QUANTITIES.contains(wordAfter(text, run.end()));
    }

    /** Memory is handed out in blocks of 512 bytes and more; one telephone in 512 has such a number. */
    private static boolean isSize(String digits) {
        return digits.length() <= 18 && Long.parseLong(digits) % BLOCK == 0;
    }

    private static String wordBefore(String text, int last) {
        int start = last + 1;
        while (Texts.isLetter(Texts.at(text, start - 1))) {
            start--;
        }
        return start > last ? "" : text.substring(start, last + 1).toLowerCase(Locale.ROOT);
    }

    private static String wordAfter(String text, int from) {
        int start = from;
        while (Texts.isSpace(Texts.at(text, start)) || Texts.at(text, start) == '(') {
            start++;
        }
        int end = start;
        while (Texts.isLetter(Texts.at(text, end))) {
            end++;
        }
        return start == end ? "" : text.substring(start, end).toLowerCase(Locale.ROOT);
    }
}

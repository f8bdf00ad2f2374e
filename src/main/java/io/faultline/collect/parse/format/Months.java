package io.faultline.collect.parse.format;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The names of months as syslog writes them in the languages seen in real files: rsyslog follows the locale. */
public final class Months {

    private static final Map<String, Integer> BY_NAME = new HashMap<>();

    static {
        learn("jan feb mar apr may jun jul aug sep oct nov dec");
        learn("jan feb mär apr mai jun jul aug sep okt nov dez");
        learn("jan feb mrz apr mai jun jul aug sept okt nov dez");
        learn("janv févr mars avril mai juin juil août sept oct nov déc");
        learn("ene feb mar abr may jun jul ago sep oct nov dic");
        learn("gen feb mar apr mag giu lug ago set ott nov dic");
        learn("jan fev mar abr mai jun jul ago set out nov dez");
        learn("jan feb mrt apr mei jun jul aug sep okt nov dec");
        learn("jan feb mar apr maj jun jul aug sep okt nov dec");
        learn("sty lut mar kwi maj cze lip sie wrz paź lis gru");
        learn("янв фев мар апр май июн июл авг сен окт ноя дек");
        learn("oca şub mar nis may haz tem ağu eyl eki kas ara");
        learn("1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月");
        learn("1월 2월 3월 4월 5월 6월 7월 8월 9월 10월 11월 12월");
    }

    private Months() {}

    /** 1…12, or 0 where it is the name of no month. */
    public static int of(String name) {
        if (name.isEmpty() || name.length() > 6) {
            return 0;
        }
        boolean dotted = name.charAt(name.length() - 1) == '.';
        String plain = dotted ? name.substring(0, name.length() - 1) : name;
        Integer month = BY_NAME.get(plain.toLowerCase(Locale.ROOT));
        return month == null ? 0 : month;
    }

    private static void learn(String names) {
        int month = 1;
        for (String name : names.split(" ", -1)) {
            BY_NAME.putIfAbsent(name, month++);
        }
    }
}

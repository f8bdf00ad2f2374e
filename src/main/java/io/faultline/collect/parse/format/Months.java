package io.faultline.collect.parse.format;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The short names of months in many languages, as glibc's locales have them: syslog, {@code dmesg -T} and {@code date}
 * follow the locale. Where two languages share a name for two months (Croatian calls October what Polish calls
 * November), the one with more speakers comes first and wins.
 */
public final class Months {

    /** {@code szept.} and {@code heinä} are the longest, and room for what a letter may be composed of. */
    private static final int LONGEST = 8;

    private static final Map<String, Integer> BY_NAME = new HashMap<>();

    static {
        learn("jan feb mar apr may jun jul aug sep oct nov dec");
        learn("jan feb mär apr mai jun jul aug sep okt nov dez");
        learn("jän feb mrz apr mai jun jul aug sept okt nov dez");
        learn("janv févr mars avril mai juin juil août sept oct nov déc");
        learn("jan fév mar avr mai jui juil aoû sep oct nov déc");
        learn("ene feb mar abr may jun jul ago sep oct nov dic");
        learn("ene feb mar abr may jun jul ago set oct nov dic");
        learn("gen feb mar apr mag giu lug ago set ott nov dic");
        learn("jan fev mar abr mai jun jul ago set out nov dez");
        learn("gen febr març abr maig juny jul ag set oct nov des");
        learn("xan feb mar abr mai xuñ xul ago set out nov dec");
        learn("jan feb mrt apr mei jun jul aug sep okt nov dec");
        learn("jan feb mar apr maj jun jul aug sep okt nov dec");
        learn("jan feb mars april mai juni juli aug sep okt nov des");
        learn("jan feb mar apr maí jún júl ágú sep okt nóv des");
        learn("tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu");
        learn("jaan veebr märts apr mai juuni juuli aug sept okt nov dets");
        learn("jan feb mar apr mai jūn jūl aug sep okt nov dec");
        learn("saus vas kov bal geg birž liep rugp rugs spal lapkr gruod");
        learn("sty lut mar kwi maj cze lip sie wrz paź lis gru");
        learn("led úno bře dub kvě čen čec srp zář říj lis pro");
        learn("jan feb mar apr máj jún júl aug sep okt nov dec");
        learn("jan febr márc ápr máj jún júl aug szept okt nov dec");
        learn("ian feb mar apr mai iun iul aug sep oct nov dec");
        learn("sij velj ožu tra svi lip srp kol ruj lis stu pro");
        learn("jan feb mar apr maj jun jul avg sep okt nov dec");
        learn("јан феб мар апр мај јун јул авг сеп окт нов дец");
        learn("янв фев мар апр май июн июл авг сен окт ноя дек");
        learn("янв фев мар апр мая июн июл авг сен окт ноя дек");
        learn("січ лют бер кві тра чер лип сер вер жов лис гру");
        learn("сту лют сак кра май чэр ліп жні вер кас ліс сне");
        learn("яну фев мар апр май юни юли авг сеп окт ное дек");
        learn("ιαν φεβ μαρ απρ μαΐ ιουν ιουλ αυγ σεπ οκτ νοε δεκ");
        learn("ιαν φεβ μάρ απρ μάι ιούν ιούλ αύγ σεπ οκτ νοέ δεκ");
        learn("oca şub mar nis may haz tem ağu eyl eki kas ara");
        learn("yan fev mar apr may i̇yn i̇yl avq sen okt noy dek");
        learn("ינו פבר מרץ אפר מאי יונ יול אוג ספט אוק נוב דצמ");
        learn("ينا فبر مار أبر ماي يون يول أغس سبت أكت نوف ديس");
        learn("jan feb mar apr mei jun jul agu sep okt nov des");
        learn("jan feb mac apr mei jun jul ogos sep okt nov dis");
        learn("ม.ค ก.พ มี.ค เม.ย พ.ค มิ.ย ก.ค ส.ค ก.ย ต.ค พ.ย ธ.ค");
        learn("1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月");
        learn("一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月");
        learn("1월 2월 3월 4월 5월 6월 7월 8월 9월 10월 11월 12월");
    }

    private Months() {}

    /** 1…12, or 0 where it is the name of no month. */
    public static int of(String name) {
        if (name.isEmpty() || name.length() > LONGEST) {
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

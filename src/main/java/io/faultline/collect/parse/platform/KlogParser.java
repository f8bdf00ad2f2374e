package io.faultline.collect.parse.platform;

import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.GlogHead;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.SeverityWords;
import io.faultline.collect.parse.format.Timestamps;
import io.faultline.model.Measures;
import io.faultline.model.Severity;
import java.util.Map;

/**
 * klog: kubelet, the control plane, device plugins and most of Kubernetes' operators. {@code I0301 10:00:00.000000 4787
 * kubelet.go:59] text}, since 1.19 also {@code "text" key="value"}, and JSON with times in milliseconds.
 */
public final class KlogParser implements FormatParser {

    /** Head, thread and file name. */
    private static final int REACH = 120;

    @Override
    public String name() {
        return "klog";
    }

    /** A node's kubelet writes it, and so does a pod of the control plane: the name of the file tells nothing. */
    @Override
    public Family family() {
        return Family.GENERIC;
    }

    @Override
    public String beginnings() {
        return "DEFIW{";
    }

    @Override
    public boolean mayRead(String text) {
        if (text.startsWith("{\"ts\":")) {
            return text.contains("\"caller\":\"") && text.contains(".go:");
        }
        if (text.isEmpty() || text.charAt(0) == '[' || !GlogHead.mayBegin(text)) {
            return false;
        }
        int end = text.indexOf("] ");
        int go = text.indexOf(".go:");
        return go > 0 && go < REACH && end > go;
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        if (text.charAt(0) == '{') {
            return json(text);
        }
        GlogHead head = GlogHead.read(text, context);
        if (head == null || head.timestamp() == null || !head.file().endsWith(".go")) {
            return ParseResult.UNRECOGNISED;
        }
        Draft draft = new Draft(this).at(head.timestamp());
        draft.severity(SeverityWords.numberOf(head.letter()), String.valueOf(head.letter()));
        String body = text.substring(head.messageStart());
        draft.message(KlogPairs.read(body, draft));
        KubernetesTexts.read(draft.message(), draft.parsed().attributes(), draft);
        return draft.parsed();
    }

    /** {@code {"ts":1700000000000.123,"caller":"a.go:1","msg":"…","v":0}}; lines of errors have no {@code v}. */
    private ParseResult json(String text) {
        Map<String, String> fields = JsonScalars.read(text);
        String caller = fields == null ? "" : fields.getOrDefault("caller", "");
        if (fields == null || !caller.contains(".go:") || !fields.containsKey("msg")) {
            return ParseResult.UNRECOGNISED;
        }
        Draft draft = new Draft(this).message(fields.getOrDefault("msg", ""));
        String written = fields.getOrDefault("ts", "");
        Measures.Builder time = Measures.builder();
        if (Numbers.put(time, "ts", 1, written, 0, written.length())) {
            draft.at(Timestamps.epoch(time.build().getOr("ts", -1)));
        }
        String level = fields.getOrDefault("level", fields.getOrDefault("severity", ""));
        boolean error = !fields.containsKey("v") && fields.containsKey("err");
        int severity = SeverityWords.numberOf(level);
        int silent = (error ? Severity.ERROR : Severity.INFO).number();
        draft.severity(severity > 0 ? severity : silent, level);
        fields.forEach((key, value) -> {
            if (!key.equals("ts") && !key.equals("caller") && !key.equals("msg") && !key.equals("v")) {
                KlogPairs.put(key, value, draft);
            }
        });
        KubernetesTexts.read(draft.message(), draft.parsed().attributes(), draft);
        return draft.parsed();
    }
}

package io.faultline.collect.parse.platform;

import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.SeverityWords;
import io.faultline.model.Attributes;
import io.faultline.model.Entity;
import io.faultline.model.Severity;

/** The other programs that write to a node's syslog: {@code Mar  1 10:00:00 gpu-a1 systemd[1]: text}. */
public final class SyslogParser implements FormatParser {

    private final KlogParser klog = new KlogParser();

    @Override
    public String name() {
        return "syslog";
    }

    @Override
    public Family family() {
        return Family.KERNEL;
    }

    @Override
    public boolean mayRead(String text) {
        return text.length() > 20
                && text.charAt(0) != '['
                && !text.startsWith("DLL 2")
                && KernelHead.mayBegin(text)
                && !XidParser.isDriversReport(text);
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        KernelHead head = KernelHead.read(text, context);
        if (head == null || head.isKernel() || head.tag() == null) {
            return ParseResult.UNRECOGNISED;
        }
        // Behind an ISO time a logger writes its level where syslog writes the host.
        if (head.host() != null && (head.host().startsWith("[") || SeverityWords.numberOf(head.host()) > 0)) {
            return ParseResult.UNRECOGNISED;
        }
        if (klog.mayRead(head.text()) && klog.parse(head.text(), context) instanceof ParseResult.Parsed inner) {
            return withHead(inner, head);
        }
        Draft draft = new Draft(this).at(head.timestamp()).message(head.text()).entity(Entity.Level.NODE, head.host());
        draft.severity(head.severityNumber() > 0 ? head.severityNumber() : Severity.INFO.number(), head.severityText());
        draft.attribute("process", head.tag()).attribute("pid", head.pid());
        if (head.tag().endsWith("fabricmanager")) {
            FabricManagerParser.fault(head.text(), draft);
        } else if (head.tag().startsWith("slurm")) {
            String said = head.text();
            SlurmTexts.read(said.startsWith("error: ") ? said.substring(7) : said, draft, context);
        }
        return draft.parsed();
    }

    /** A kubelet's line that its node's journal wrote: the time inside is finer, the node is told by the head alone. */
    private static ParseResult withHead(ParseResult.Parsed inner, KernelHead head) {
        String host = inner.entity().node() != null || head.host() == null
                ? inner.entity().node()
                : head.host();
        Attributes attributes = inner.attributes();
        if (head.tag() != null && !attributes.has("process")) {
            attributes = attributes.with("process", head.tag());
        }
        return new ParseResult.Parsed(
                inner.by(),
                inner.timestamp(),
                inner.severityNumber(),
                inner.severityText(),
                inner.message(),
                inner.kind(),
                host == null ? inner.entity() : inner.entity().with(Entity.Level.NODE, host),
                inner.measures(),
                attributes);
    }
}

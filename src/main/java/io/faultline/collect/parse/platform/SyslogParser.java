package io.faultline.collect.parse.platform;

import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.model.Entity;
import io.faultline.model.Severity;

/** The other programs that write to a node's syslog: {@code Mar  1 10:00:00 gpu-a1 systemd[1]: text}. */
public final class SyslogParser implements FormatParser {

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
                && KernelHead.mayBegin(text)
                && !XidParser.isDriversReport(text);
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        KernelHead head = KernelHead.read(text, context);
        if (head == null || head.isKernel() || head.tag() == null) {
            return ParseResult.UNRECOGNISED;
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
}

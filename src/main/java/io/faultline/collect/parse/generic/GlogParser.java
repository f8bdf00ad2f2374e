package io.faultline.collect.parse.generic;

import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.Faults;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.GlogHead;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.SeverityWords;

/** Lines with the head of glog or klog that are nobody's in particular. */
public final class GlogParser implements FormatParser {

    @Override
    public String name() {
        return "glog";
    }

    @Override
    public Family family() {
        return Family.GENERIC;
    }

    @Override
    public String beginnings() {
        return "DEFIW[";
    }

    @Override
    public boolean mayRead(String text) {
        return GlogHead.mayBegin(text);
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        GlogHead head = GlogHead.read(text, context);
        if (head == null || head.timestamp() == null) {
            return ParseResult.UNRECOGNISED;
        }
        Draft draft = new Draft(this).at(head.timestamp()).message(text.substring(head.messageStart()));
        draft.severity(SeverityWords.numberOf(head.letter()), String.valueOf(head.letter()));
        Faults.refine(draft);
        return draft.parsed();
    }
}

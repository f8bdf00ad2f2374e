package io.faultline.respond.notify.console;

import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.Language;
import io.faultline.respond.notify.channel.Message;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.Receipt;
import java.io.PrintStream;

/** Prints each notice as one block, so that two never mix. */
public final class ConsoleChannel implements Channel {

    private final PrintStream out;
    private final Language language;

    public ConsoleChannel(PrintStream out, Language language) {
        this.out = out;
        this.language = language;
    }

    @Override
    public Receipt deliver(Notice notice) {
        Message message = Message.of(notice, language);
        String block = message.subject() + "\n" + message.text().indent(2);
        out.print(block);
        out.flush();
        return out.checkError()
                ? new Receipt.Unavailable("the console can not be written to")
                : new Receipt.Delivered("");
    }
}

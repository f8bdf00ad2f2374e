package io.faultline.respond.notify.console;

import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.Message;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.Receipt;
import io.faultline.respond.notify.channel.Wording;
import java.io.PrintStream;

/** Prints each notice as one block, so that two never mix. */
public final class ConsoleChannel implements Channel {

    private final PrintStream out;
    private final Wording wording;

    public ConsoleChannel(PrintStream out, Wording wording) {
        this.out = out;
        this.wording = wording;
    }

    @Override
    public Receipt deliver(Notice notice) {
        out.print(preview(notice));
        out.flush();
        return out.checkError()
                ? new Receipt.Unavailable("the console can not be written to")
                : new Receipt.Delivered("");
    }

    @Override
    public String preview(Notice notice) {
        Message message = wording.message(notice);
        return message.subject() + "\n" + message.text().indent(2);
    }
}

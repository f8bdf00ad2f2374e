package io.faultline.respond.notify.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.ChannelContract;
import io.faultline.respond.notify.channel.Language;
import io.faultline.respond.notify.wording.TemplateWording;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;

class ConsoleChannelTest extends ChannelContract {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Override
    protected Channel channel() {
        return new ConsoleChannel(new PrintStream(out, true, UTF_8), TemplateWording.in(Language.EN));
    }

    @Override
    protected Channel channelToNobody() {
        OutputStream brokenPipe = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        return new ConsoleChannel(new PrintStream(brokenPipe, true, UTF_8), TemplateWording.in(Language.EN));
    }

    @Override
    protected List<String> received() {
        String printed = out.toString(UTF_8);
        // a block begins with its severity in brackets, at the start of a line
        return printed.isEmpty() ? List.of() : Arrays.asList(printed.split("\n(?=\\[)"));
    }
}

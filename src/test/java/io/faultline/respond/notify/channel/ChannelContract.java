package io.faultline.respond.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Incident;
import io.faultline.model.Level;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every channel does, shown against the real other side. */
public abstract class ChannelContract {

    /** A channel to a receiver that listens. */
    protected abstract Channel channel() throws Exception;

    /** A channel to a receiver that is not there. */
    protected abstract Channel channelToNobody() throws Exception;

    /** Everything that the receiver got so far, one text a message. */
    protected abstract List<String> received() throws Exception;

    /** How many messages the receiver has that was told the same thing twice; 1 where it knows that it is the same. */
    protected int copies() {
        return 2;
    }

    @Test
    void deliversWhatHappenedAndWhere() throws Exception {
        try (Channel channel = channel()) {
            Receipt receipt = channel.deliver(SampleIncidents.opened("ops"));

            assertThat(receipt).isInstanceOf(Receipt.Delivered.class);
            assertThat(received()).singleElement().asString().contains("fell off the bus", "gpu-a1", "0000:9b:00");
        }
    }

    @Test
    void showsBeforehandWhatItWouldTell() throws Exception {
        try (Channel channel = channel()) {
            String preview = channel.preview(SampleIncidents.opened("ops"));

            assertThat(preview).contains("fell off the bus", "gpu-a1", "0000:9b:00");
            assertThat(received()).isEmpty();
        }
    }

    @Test
    void deliversTextsInEveryScript() throws Exception {
        Incident incident = SampleIncidents.titled("训练停滞 — стоп 🚨", 1, Incident.State.OPEN, Level.HIGH);
        try (Channel channel = channel()) {
            Receipt receipt = channel.deliver(new Notice("ops", NotifyReason.OPENED, incident));

            assertThat(receipt).isInstanceOf(Receipt.Delivered.class);
            assertThat(received()).singleElement().asString().contains("训练停滞 — стоп 🚨");
        }
    }

    @Test
    void aTitleWithLineEndsForgesNothing() throws Exception {
        Incident incident = SampleIncidents.titled(
                "stalled\r\nBcc: all@example.org\r\n\r\nhello", 1, Incident.State.OPEN, Level.HIGH);
        try (Channel channel = channel()) {
            Receipt receipt = channel.deliver(new Notice("ops", NotifyReason.OPENED, incident));

            assertThat(receipt).isInstanceOf(Receipt.Delivered.class);
            assertThat(received()).singleElement().asString().doesNotContain("\nBcc: all@example.org");
        }
    }

    @Test
    void aReceiverThatIsNotThereIsUnavailable() throws Exception {
        try (Channel channel = channelToNobody()) {
            Receipt receipt = channel.deliver(SampleIncidents.opened("ops"));

            assertThat(receipt).isInstanceOf(Receipt.Unavailable.class);
            assertThat(receipt.detail()).isNotBlank();
        }
    }

    @Test
    void deliversAgainAfterAFailureElsewhere() throws Exception {
        try (Channel dead = channelToNobody();
                Channel channel = channel()) {
            dead.deliver(SampleIncidents.opened("ops"));
            channel.deliver(SampleIncidents.opened("ops"));
            channel.deliver(SampleIncidents.opened("ops"));

            assertThat(received()).hasSize(copies());
        }
    }
}

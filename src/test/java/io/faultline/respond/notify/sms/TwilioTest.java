package io.faultline.respond.notify.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.respond.notify.channel.ChannelSettings;
import io.faultline.respond.notify.channel.HttpReceiver;
import io.faultline.respond.notify.channel.SampleIncidents;
import io.faultline.settings.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class TwilioTest extends SmsContract {

    @Test
    void postsAForm() throws Exception {
        try (var channel = channel()) {
            assertThat(channel.deliver(SampleIncidents.opened("ops")).detail()).isEqualTo("+86…01 SM5f1");
        }

        HttpReceiver.Received post = provider.received().get(0);
        assertThat(post.path()).isEqualTo("/2010-04-01/Accounts/AC1/Messages.json");
        assertThat(post.contentType()).isEqualTo("application/x-www-form-urlencoded");
        assertThat(field(post, "From")).isEqualTo("+15005550006");
        assertThat(field(post, "Body"))
                .hasSizeLessThanOrEqualTo(160)
                .startsWith("[critical] new incident: GPU 0000:9b:00 on gpu-a1 fell off the bus; job train-llm died")
                .endsWith(" 8c5f0a12b3d4e5f6");
    }

    @Override
    ChannelSettings settings(String url, String secret, List<String> to) {
        return new TwilioSettings(url, "AC1", new Secret(secret), "+15005550006", to);
    }

    @Override
    HttpReceiver.Answer answer(HttpReceiver.Received request) {
        String login = new String(
                Base64.getDecoder()
                        .decode(request.header().apply("Authorization").substring("Basic ".length())),
                StandardCharsets.UTF_8);
        return login.equals("AC1:s3cret")
                ? new HttpReceiver.Answer(201, "", "{\"sid\":\"SM5f1\",\"status\":\"queued\",\"error_code\":null}")
                : new HttpReceiver.Answer(401, "", "{\"code\":20003,\"message\":\"Authenticate\",\"status\":401}");
    }

    @Override
    HttpReceiver.Answer busy() {
        return new HttpReceiver.Answer(429, "60", "{\"code\":20429,\"message\":\"Too Many Requests\",\"status\":429}");
    }

    @Override
    HttpReceiver.Answer refusal() {
        return new HttpReceiver.Answer(
                400,
                "",
                "{\"code\":21211,\"message\":\"The 'To' number +8613800000001 is not a valid phone number.\",\"status\":400}");
    }

    @Override
    String number(HttpReceiver.Received request) {
        return field(request, "To");
    }

    @Override
    protected List<String> received() {
        return provider.received().stream().map(post -> field(post, "Body")).toList();
    }

    private static String field(HttpReceiver.Received post, String name) {
        return Arrays.stream(post.body().split("&"))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }
}

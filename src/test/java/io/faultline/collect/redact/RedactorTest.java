package io.faultline.collect.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.faultline.collect.redact.RedactSettings.PromptTreatment;
import io.faultline.collect.redact.RedactSettings.Treatment;
import io.faultline.model.Attributes;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import io.faultline.model.Origin;
import io.faultline.model.QualityMark;
import io.faultline.model.Rejected;
import io.faultline.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {

    private static final String KEY = "a key of the tests";

    private final Redactor redactor = new Redactor(RedactSettings.defaults());

    @ParameterizedTest(name = "{0}")
    @MethodSource("canaries")
    void takesOutWhatTheRuleNames(String rule, String marked) {
        String secret = marked.substring(marked.indexOf('«') + 1, marked.indexOf('»'));
        String text = marked.replace("«", "").replace("»", "");

        LogEvent event = redactor.redact(event(text, Attributes.NONE));

        assertThat(event.message())
                .startsWith(marked.substring(0, marked.indexOf('«')))
                .doesNotContain(secret.strip())
                .endsWith(marked.substring(marked.indexOf('»') + 1));
        assertThat(event.attributes().get(Redactor.ATTRIBUTE)).isEqualTo(rule);
        assertThat(event.has(QualityMark.REDACTED)).isTrue();
        assertThat(redactor.redact(event)).isSameAs(event);
    }

    @Test
    void tellsSecretsApartFromPersons() {
        LogEvent both = redactor.redact(event("mail me@example.com, password=hunter2!x", Attributes.NONE));
        LogEvent person = redactor.redact(event("mail me@example.com", Attributes.NONE));

        assertThat(both.attributes().get(Redactor.ATTRIBUTE)).isEqualTo("email,password");
        assertThat(both.attributes().get(Redactor.SECRETS)).isEqualTo("password");
        assertThat(person.attributes().get(Redactor.ATTRIBUTE)).isEqualTo("email");
        assertThat(person.attributes().get(Redactor.SECRETS)).isNull();
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> canaries() {
        return Canaries.marked().entrySet().stream()
                .map(entry -> org.junit.jupiter.params.provider.Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Engine 000: Avg prompt throughput: 812.4 tokens/s, Running: 3 reqs, Waiting: 0 reqs, GPU KV cache usage: 4.1%",
                "iteration 120/ 5000 | consumed samples: 61440 | consumed tokens: 15728640123 | lm loss: 7.12E+00 | loss scale: 1.0 |",
                "NVRM: Xid (PCI:0000:9b:00): 79, pid='<unknown>', name=<unknown>, GPU has fallen off the bus.",
                "commit 3f786850e387550fdab836ed7e6dc881de23001b of image sha256:4355a46b19d348dc2f57c046f8ef63d4538ebb936000f3c9ee954a27460dd865",
                "GPU-8f3a2b1c-1111-2222-3333-444455556666 bus 0000:9b:00.0 commId 0x4f1c2b3a4d5e6f70 rank 3",
                "pod 4111-1111-1111-1112 in 12345678-1234-1234-1234-123456789012 started at 1767225600123 (1767225600123456 us)",
                "Tried to allocate 17179869184 bytes, free: 13800138001, seed 4620693217682128896",
                "NumelIn=13421772811, NumelOut=13421772811, Timeout(ms)=600000) ran for 600041 milliseconds",
                "pad_token_id=0, eos_token='</s>', mask_token=<|MASK|>, time_per_token=\"61.107205ms\", max_tokens=16384",
                "api_key=None, password=***, hub_token=<HUB_TOKEN>, ssl_keyfile_password=None, secret: not found",
                "FLAG: --authorization-mode=\"Webhook\" --token-auth-file=\"\" --client-secret=\"\"",
                "user@1000.service: Succeeded. getty@tty1.service, actions/checkout@v4, root@gpu-a1, git@github.com:org/repo.git",
                "GET http://10.0.3.17:8000/v1/models from [::1]:51412 and fe80::1",
                "secret \"gpu-token\" not found; open /etc/passwd: no such file; Enter password: ",
                "loss 0.4111111111111111 lr 3.7828224631000e-05 took 4111111111111111.5 ns",
                "[rank12]: /data/runs/4111111111111111/ckpt-13800138000 iteration 13800138000 of 20000000000",
                "loading hf_transfer_with_a_very_long_name_of_a_module and sk-learn-contrib, task-parallel-scheduler-v2",
            })
    void leavesWhatADiagnosisNeeds(String text) {
        assertThat(redactor.redact(text)).isSameAs(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"password\": \"CANARY\"}",
                "{\\\"password\\\":\\\"CANARY\\\"}",
                "{\"user\": \"x\", \"password\": \"CANARY with \\\"quotes\\\" CANARY\", \"n\": 1}",
                "password=CANARY&user=x",
                "next=%2Fhome&password%3DCANARY",
                "--password CANARY --port 8000",
                "headers['password'] = 'CANARY'",
                "password => CANARY,user => x",
                "db_password: CANARY",
                "non-default args: {'api_key': ['CANARY'], 'port': 8000}",
                "export OPENAI_API_KEY=CANARY",
                "amqp://app:CANARY@mq:5672/%2f",
                "[{\"role\": \"system\", \"content\": \"CANARY\"}, {\"role\": \"user\", \"content\": [{\"text\": \"CANARY\"}]}]",
                "compat_generate{inputs: \"CANARY \\\"x\\\" CANARY\" parameters: GenerateParameters}",
                "msg=\"chat request\" images=0 prompt=\"<|im_start|>CANARY\"",
                "Request 7 details: prompt: \"it's CANARY\", prompt_token_ids: [1, 2], prompt_embeds shape: None.",
                "Received request 7: prompt: 'a limit cut CANARY",
                "password='a limit cut CANARY",
            })
    void readsEveryWayToAssignAValue(String text) {
        assertThat(redactor.redact(text)).doesNotContain("CANARY");
    }

    @Test
    void keepsWhichLogAnEventBelongsTo() {
        LogEvent event = new LogEvent(
                Instant.EPOCH,
                Instant.EPOCH,
                9,
                "",
                "mail to ann@example.org",
                "unknown",
                EventKind.LOG_OTHER,
                Entity.UNKNOWN,
                Measures.NONE,
                Attributes.NONE,
                "",
                0,
                Origin.kafka("logs", 3, 17),
                "logs/3/pod-7",
                "pod-7/main");

        LogEvent redacted = redactor.redact(event);

        assertThat(redacted.message()).doesNotContain("ann@example.org");
        assertThat(redacted.stream()).isEqualTo("logs/3/pod-7");
        assertThat(redacted.source()).isEqualTo("pod-7/main");
    }

    @Test
    void takesOutWhatALimitCutInHalf() {
        String half = "using sk-" + "ant-api03-Zx8K";
        LogEvent whole = event(half, Attributes.NONE);

        assertThat(redactor.redact(whole).message()).isEqualTo(half);
        assertThat(redactor.redact(whole.marked(QualityMark.TRUNCATED)).message())
                .isEqualTo("using [redacted:anthropic-key]");
    }

    @Test
    void takesOutAKeyOfManyLinesAndLeavesTheTextAroundIt() {
        String line = Canaries.secrets().get("private-key-lines");
        String begin = "-----BEGIN RSA " + "PRIVATE KEY-----";

        assertThat(redactor.redact(
                        "ValueError: " + begin + "\n" + line + "\n" + line + "\n-----END RSA PRIVATE KEY----- is bad"))
                .isEqualTo("ValueError: [redacted:private-key] is bad");
        assertThat(redactor.redact(begin + "\n" + line + "\nno end was read"))
                .isEqualTo("[redacted:private-key]\nno end was read");
    }

    @Test
    void findsATokenWithTheRightChecksumInsideOfOtherText() {
        String random = "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ";
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(random.getBytes(StandardCharsets.US_ASCII));
        StringBuilder digits = new StringBuilder();
        for (long rest = crc.getValue(); digits.length() < 6; rest /= 62) {
            digits.insert(
                    0, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".charAt((int) (rest % 62)));
        }

        assertThat(redactor.redact("xgh" + "p_" + random + digits)).isEqualTo("x[redacted:github-token]");
        assertThat(redactor.redact("xgh" + "p_" + random + "000000")).startsWith("xgh");
    }

    @Test
    void tellsCardsByTheirNetworkAndChecksum() {
        assertThat(redactor.redact("card 4929 1234 " + "5678 9015")).contains("[redacted:payment-card]");
        assertThat(redactor.redact("card 4929 1234 " + "5678 9016")).doesNotContain("redacted");
        assertThat(redactor.redact("card 9929 1234 " + "5678 9010")).doesNotContain("redacted");
    }

    @Test
    void tellsResidentIdsByTheirChecksumAndDate() {
        assertThat(redactor.redact("11010519" + "491231002x")).isEqualTo("[redacted:china-resident-id]");
        assertThat(redactor.redact("11010519" + "4912310021")).isEqualTo("110105194912310021");
    }

    @Test
    void replacesTheValueOfAKeyThatGivesItAwayWhole() {
        Attributes attributes = Attributes.of(
                Map.of("http.password", "a b,c", "request.prompt", "why?", "rank", "3", "max_tokens", "1638400"));

        Attributes redacted = redactor.redact(event("x", attributes)).attributes();

        assertThat(redacted.get("http.password")).isEqualTo("[redacted:password]");
        assertThat(redacted.get("request.prompt")).startsWith("[prompt sha256:").endsWith(" 4 chars]");
        assertThat(redacted.get("rank")).isEqualTo("3");
        assertThat(redacted.get("max_tokens")).isEqualTo("1638400");
        assertThat(redacted.get(Redactor.ATTRIBUTE)).isEqualTo("password,prompt");
    }

    @Test
    void givesOnePersonOneNameUnderOneKey() {
        Redactor pseudonyms = new Redactor(with(Treatment.PSEUDONYM, Treatment.PSEUDONYM, KEY));
        Redactor others = new Redactor(with(Treatment.PSEUDONYM, Treatment.PSEUDONYM, KEY + "2"));

        String first = pseudonyms.redact("mail Ann@" + "example.org");
        assertThat(first).matches("mail \\[person:[0-9a-f]{12}]");
        assertThat(pseudonyms.redact("mail ann@" + "EXAMPLE.org")).isEqualTo(first);
        assertThat(pseudonyms.redact("mail bob@" + "example.org")).isNotEqualTo(first);
        assertThat(others.redact("mail Ann@" + "example.org")).isNotEqualTo(first);
        assertThat(pseudonyms.redact("tel 138 1234 " + "5675"))
                .isEqualTo(pseudonyms.redact("tel +86 138" + "12345675"));
        assertThat(pseudonyms.redact("from 10.0.3.17:51412")).matches("from \\[ip:[0-9a-f]{12}]:51412");
    }

    @Test
    void takesOutAddressesOnlyWhereAsked() {
        Redactor removing = new Redactor(with(Treatment.KEEP, Treatment.REMOVE, ""));

        assertThat(removing.redact(
                        "[::1]:80 fe80::1%eth0 10.0.3.17 at 10:00:00 on 0000:9b:00.0, c10::Error, torch 2.5.1"))
                .isEqualTo(
                        "[[redacted:ipv6-address]]:80 [redacted:ipv6-address]%eth0 [redacted:ipv4-address] at 10:00:00"
                                + " on 0000:9b:00.0, c10::Error, torch 2.5.1");
        assertThat(removing.redact("ann@" + "example.org")).isEqualTo("ann@" + "example.org");
    }

    @Test
    void keepsThePayloadsBytesAroundWhatItTakesOut() {
        byte[] payload = ("\u00ff\u0000password=canary-value\u00fe").getBytes(StandardCharsets.ISO_8859_1);
        byte[] wide = "password=canary-value".getBytes(StandardCharsets.UTF_16LE);

        assertThat(redactor.redact(rejected(payload)).payload())
                .isEqualTo("\u00ff\u0000password=[redacted:password]".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(new String(redactor.redact(rejected(wide)).payload(), StandardCharsets.UTF_16LE))
                .isEqualTo("password=[redacted:password]");
        Rejected clean = rejected(new byte[] {1, 2, (byte) 0xff});
        assertThat(redactor.redact(clean)).isSameAs(clean);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "1",
                "sk-",
                "4111 ",
                "password=",
                "-----BEGIN",
                "eyJ",
                "@",
                "a@",
                "://",
                "\"prompt\":[",
                "+1 ("
            })
    void readsALineOfAMebibyteInTimeThatGrowsWithItsLength(String part) {
        String text = part.repeat((1 << 20) / part.length());

        // Seconds would do; a rule that looked at the rest of the line for each literal would take hours.
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> redactor.redact(text));
    }

    @Test
    void obeysAUsersOwnRules() {
        List<RuleDefinition> own = RuleFile.of(
                "own.yaml",
                "[{id: badge, kind: person, description: badges, literals: [badge-], pattern: 'badge-([0-9]{8})'}]");
        RedactSettings settings = new RedactSettings(
                List.of("email"), Treatment.REMOVE, PromptTreatment.HASH, Treatment.KEEP, own, new Secret(""));

        assertThat(new Redactor(settings).redact("Badge-12345678 badge-12345678 ann@" + "example.org"))
                .isEqualTo("Badge-12345678 badge-[redacted:badge] ann@" + "example.org");
    }

    private static RedactSettings with(Treatment persons, Treatment addresses, String key) {
        return new RedactSettings(List.of(), persons, PromptTreatment.HASH, addresses, List.of(), new Secret(key));
    }

    private static LogEvent event(String message, Attributes attributes) {
        return new LogEvent(
                Instant.EPOCH,
                Instant.EPOCH,
                9,
                "INFO",
                message,
                "unknown",
                EventKind.LOG_OTHER,
                Entity.ofJob("train-llm"),
                Measures.NONE,
                attributes,
                "",
                0,
                Origin.file("a.log", 1));
    }

    private static Rejected rejected(byte[] payload) {
        return new Rejected(
                "decode", Rejected.Reason.BINARY, Origin.file("a.log", 1), Instant.EPOCH, "not text", payload);
    }
}

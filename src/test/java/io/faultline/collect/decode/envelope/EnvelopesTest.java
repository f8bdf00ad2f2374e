package io.faultline.collect.decode.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.collect.decode.envelope.Enclosed.Part;
import io.faultline.model.Attributes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopesTest {

    private static final Instant RECEIVED = Instant.parse("2026-03-01T10:00:05Z");

    private final Envelopes envelopes = new Envelopes(ZoneOffset.UTC, 1 << 20);

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '~',
            textBlock =
                    """
            ~{"@timestamp":"2026-03-01T10:00:02.500Z","@metadata":{"beat":"filebeat","version":"8.15.0"},"message":"step done","stream":"stderr","log":{"offset":77,"file":{"path":"/logs/a.log"}},"kubernetes":{"namespace":"llm","pod":{"name":"chat-0","uid":"u1"},"container":{"name":"server"},"node":{"name":"gpu-a1"},"labels":{"app_kubernetes_io/name":"chat"}},"host":{"name":"gpu-a1","os":{"name":"Debian"}},"agent":{"id":"a7","type":"filebeat"},"ecs":{"version":"8.0.0"}}~ ! llm/chat-0/server/stderr ! ~~ ! 2026-03-01T10:00:02.500Z ! agent.id=a7 container=server envelope=filebeat host=gpu-a1 label.app.kubernetes.io/name=chat log.file.path=/logs/a.log log.offset=77 namespace=llm node=gpu-a1 pod=chat-0 pod.uid=u1 stream=stderr
            ~{"@timestamp":"2026-03-01T10:00:02.500Z","beat":{"hostname":"gpu-a1","version":"6.3.0"},"source":"/logs/a.log","offset":77,"prospector":{"type":"log"},"message":"step done"}~ ! gpu-a1:/logs/a.log ! ~~ ! 2026-03-01T10:00:02.500Z ! envelope=filebeat host=gpu-a1 log.file.path=/logs/a.log
            ~{"@timestamp":1772359202.5,"log":"step done\\n","stream":"stderr","time":"2026-03-01T10:00:01.123456789Z","kubernetes":{"pod_name":"chat-0","namespace_name":"llm","container_name":"server","host":"gpu-a1","labels":{"app":"chat"},"annotations":{"a":"b"}}}~ ! llm/chat-0/server/stderr ! 2026-03-01T10:00:01.123456789Z ! 2026-03-01T10:00:02.500Z ! container=server envelope=fluent label.app=chat namespace=llm node=gpu-a1 pod=chat-0 stream=stderr
            ~{"date":1772359202.5,"log":"step done"}~ ! ~~ ! ~~ ! 2026-03-01T10:00:02.500Z ! envelope=fluent
            ~["kube.var.log.containers.chat-0_llm_server-1f.log",[[1772359202,{"log":"step done"}]]]~ ! llm/chat-0/server ! ~~ ! 2026-03-01T10:00:02Z ! container=server envelope=fluent namespace=llm pod=chat-0 tag=kube.var.log.containers.chat-0_llm_server-1f.log
            ~[0] app.log: [[1772359202.500000000, {}], {"log"=>"x"}]~ ! NONE ! ~~ ! ~~ ! ~~
            ~[0] app.log: [[1772359202.500000000, {}], {"message":"step done","host":"gpu-a1"}]~ ! gpu-a1 ! ~~ ! 2026-03-01T10:00:02.500Z ! envelope=fluent host=gpu-a1 tag=app.log
            ~2026-03-01 10:00:02.000000000 +0000 app.log: {"message":"step done","host":"gpu-a1"}~ ! gpu-a1 ! ~~ ! 2026-03-01T10:00:02Z ! envelope=fluent host=gpu-a1 tag=app.log
            ~{"timestamp":"2026-03-01T10:00:01.123456789Z","message":"step done","source_type":"kubernetes_logs","stream":"stderr","file":"/var/log/pods/llm_chat-0_u1/server/0.log","kubernetes":{"pod_name":"chat-0","pod_namespace":"llm","container_name":"server","pod_node_name":"gpu-a1","pod_labels":{"app":"chat"}}}~ ! llm/chat-0/server/stderr ! 2026-03-01T10:00:01.123456789Z ! ~~ ! container=server envelope=vector label.app=chat log.file.path=/var/log/pods/llm_chat-0_u1/server/0.log namespace=llm node=gpu-a1 pod=chat-0 stream=stderr
            ~{"timestamp":"2026-03-01T10:00:01Z","message":"step done","source_type":"file","host":"gpu-a1","file":"/logs/a.log"}~ ! gpu-a1:/logs/a.log ! ~~ ! 2026-03-01T10:00:01Z ! envelope=vector host=gpu-a1 log.file.path=/logs/a.log
            ~{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"chat"}},{"key":"k8s.pod.name","value":{"stringValue":"chat-0"}}]},"scopeLogs":[{"scope":{"name":"app"},"logRecords":[{"timeUnixNano":"1772359201123456789","observedTimeUnixNano":"1772359202000000000","body":{"stringValue":"step done"},"attributes":[{"key":"log.iostream","value":{"stringValue":"stderr"}},{"key":"steps","value":{"intValue":"10"}}],"traceId":"5b8e"}]}]}]}~ ! chat-0/stderr ! 2026-03-01T10:00:01.123456789Z ! 2026-03-01T10:00:02Z ! envelope=otlp pod=chat-0 scope=app service=chat steps=10 stream=stderr trace_id=5b8e
            ~{"__REALTIME_TIMESTAMP":"1772359201123456","_HOSTNAME":"gpu-a1","SYSLOG_IDENTIFIER":"chat","_PID":"42","_SYSTEMD_UNIT":"chat.service","MESSAGE":[115,116,101,112,32,100,111,110,101],"_BOOT_ID":"b"}~ ! gpu-a1:chat ! 2026-03-01T10:00:01.123456Z ! ~~ ! envelope=journald host=gpu-a1 pid=42 process=chat unit=chat.service
            ~{"streams":[{"stream":{"namespace":"llm","pod":"chat-0","container":"server","job":"llm/chat"},"values":[["1772359201123456789","step done",{"trace_id":"5b8e"}]]}]}~ ! llm/chat-0/server ! 2026-03-01T10:00:01.123456789Z ! ~~ ! container=server envelope=loki label.job=llm/chat namespace=llm pod=chat-0 trace_id=5b8e
            ~{"messageType":"DATA_MESSAGE","owner":"12","logGroup":"/train","logStream":"algo-1","logEvents":[{"id":"1","timestamp":1772359201123,"message":"step done\\n"}]}~ ! /train:algo-1 ! 2026-03-01T10:00:01.123Z ! ~~ ! cloud.account=12 envelope=cloudwatch log.group=/train log.stream=algo-1
            ~{"insertId":"i","logName":"projects/p/logs/stderr","textPayload":"step done","timestamp":"2026-03-01T10:00:01Z","resource":{"labels":{"pod_name":"chat-0","namespace_name":"llm","container_name":"server","cluster_name":"east"}}}~ ! llm/chat-0/server ! 2026-03-01T10:00:01Z ! ~~ ! cluster=east container=server envelope=cloud-logging insertId=i logName=projects/p/logs/stderr namespace=llm pod=chat-0
            ~<134>1 2026-03-01T10:00:01.123456Z gpu-a1 chat 42 - [k8s@32473 pod="chat-0" note="a \\"b\\] c"] \uFEFFstep done~ ! chat-0 ! 2026-03-01T10:00:01.123456Z ! ~~ ! envelope=syslog facility=local0 host=gpu-a1 level=info note=a_"b]_c pid=42 pod=chat-0 process=chat
            ~<134>1 - gpu-a1 chat - - - step done~ ! gpu-a1:chat ! ~~ ! ~~ ! envelope=syslog facility=local0 host=gpu-a1 level=info process=chat
            ~<30>Mar  1 10:00:01 gpu-a1 chat[42]: step done~ ! gpu-a1:chat ! 2026-03-01T10:00:01Z ! ~~ ! envelope=syslog facility=daemon host=gpu-a1 level=info pid=42 process=chat
            ~Dec 31 23:59:59 gpu-a1 chat: step done~ ! gpu-a1:chat ! 2025-12-31T23:59:59Z ! ~~ ! envelope=syslog host=gpu-a1 process=chat
            ~Okt 06 10:00:01 gpu-a1 login(pam_unix)[42]: step done~ ! gpu-a1:login(pam_unix) ! 2025-10-06T10:00:01Z ! ~~ ! envelope=syslog host=gpu-a1 pid=42 process=login(pam_unix)
            ~août 25 10:00:01 gpu-a1 chat: step done~ ! gpu-a1:chat ! 2025-08-25T10:00:01Z ! ~~ ! envelope=syslog host=gpu-a1 process=chat
            ~2026-03-01T10:00:01.123456+08:00 gpu-a1 chat[42]: step done~ ! gpu-a1:chat ! 2026-03-01T02:00:01.123456Z ! ~~ ! envelope=syslog host=gpu-a1 pid=42 process=chat
            ~2026-03-01T10:00:01.123456789Z step done~ ! ~~ ! 2026-03-01T10:00:01.123456789Z ! ~~ ! envelope=timestamps
            """)
    void takesTheLineOutAndKeepsWhatTheEnvelopeSays(
            String sealed, String source, String written, String observed, String attributes) {
        List<Enclosed> found = open(sealed);

        if ("NONE".equals(source)) {
            assertThat(found).isEmpty();
            return;
        }
        assertThat(found).hasSize(1);
        Enclosed enclosed = found.get(0);
        assertThat(enclosed.text()).isEqualTo("step done");
        assertThat(enclosed.source()).isEqualTo(source.isEmpty() ? null : source);
        assertThat(enclosed.written()).isEqualTo(time(written));
        assertThat(enclosed.observed()).isEqualTo(time(observed));
        assertThat(told(enclosed)).isEqualTo(attributes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            2026-03-01T10:00:01.123456789Z stderr F step done         | LAST | step done
            2026-03-01T10:00:01.123456789+08:00 stdout P step         | MORE | step
            2026-03-01T10:00:01.123456789Z stdout F                   | LAST | ''
            2026-03-01T10:00:01Z stdout F:tag step done               | LAST | step done
            {"log":"step done\\n","stream":"stderr","time":"2026-03-01T10:00:01Z"} | LAST | step done
            {"log":"step ","stream":"stderr","time":"2026-03-01T10:00:01Z"} | UNENDED | 'step '
            {"log":"step","stream":"stderr","_p":"P","time":"2026-03-01T10:00:01Z"} | MORE | step
            {"log":"step","source":"stdout","container_id":"c1","partial_message":"true","partial_last":"false"} | MORE | step
            """)
    void saysWhetherALineGoesOn(String sealed, Part part, String text) {
        assertThat(open(sealed)).singleElement().satisfies(piece -> {
            assertThat(piece.part()).isEqualTo(part);
            assertThat(piece.text()).isEqualTo(text);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            <3>Mar  1 10:00:01 gpu-a1 chat: step done                                   | 17
            <15>1 - gpu-a1 chat - - - step done                                          | 5
            {"__CURSOR":"c","PRIORITY":"4","MESSAGE":"step done"}                        | 13
            {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"severityNumber":10,"body":{"stringValue":"a"}}]}]}]} | 10
            {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"severityNumber":"SEVERITY_NUMBER_ERROR2","body":{"stringValue":"a"}}]}]}]} | 18
            """)
    void takesTheSeverity(String sealed, int number) {
        assertThat(open(sealed)).extracting(Enclosed::severityNumber).containsExactly(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"asctime\":\"2026-03-01 10:00:00,1\",\"levelname\":\"INFO\",\"name\":\"app\",\"message\":\"up\"}",
                "{\"event\":\"up\",\"level\":\"info\",\"timestamp\":\"2026-03-01T10:00:00Z\",\"stream\":\"a\"}",
                "{\"@timestamp\":\"2026-03-01T10:00:00Z\",\"log.level\":\"info\",\"message\":\"up\",\"ecs.version\":\"1.6.0\"}",
                "{\"level\":30,\"time\":1772359200123,\"msg\":\"up\",\"hostname\":\"gpu-a1\"}",
                "{'loss': 0.95, 'epoch': 1.0}",
                "Mar  1 10:00:00 gpu-a1 kernel: NVRM: Xid (PCI:0000:9b:00): 79, gone",
                "<6>Mar  1 10:00:00 gpu-a1 kernel: [12.5] NVRM: Xid (PCI:0000:9b:00): 79, gone",
                "<4>[   12.500000] NVRM: Xid (PCI:0000:9b:00): 79, gone",
                "2026-03-01T10:00:00.123456Z ERROR app::server: down",
                "2026-03-01T10:00:00.123456Z  INFO app: up",
                "2026-03-01 10:00:00,123 - app - INFO - up: {\"a\": 1}",
                "[2026-03-01 10:00:00] iteration 5/ 10 | lm loss: 2.1 |",
                "[12345.678901] NVRM: Xid (PCI:0000:9b:00): 79, gone",
                "[{\"role\": \"user\", \"content\": \"hi\"}]",
                "[\"a\", \"list\", \"of texts\"]",
                "{\"streams\":[]}",
                "{\"message\":\"cut"
            })
    void leavesWhatAnApplicationWroteItself(String line) {
        assertThat(open(line)).isEmpty();
    }

    @Test
    void opensCriInFilebeat() {
        String sealed =
                """
                {"@timestamp":"2026-03-01T10:00:02Z","@metadata":{"beat":"filebeat"},"log":{"file":{"path":"/var/log/containers/chat-0_llm_server-1f.log"}},"message":"2026-03-01T10:00:01.5Z stdout F step done"}""";

        Enclosed line = open(sealed).get(0);

        assertThat(line.text()).isEqualTo("step done");
        assertThat(line.source()).isEqualTo("llm/chat-0/server/stdout");
        assertThat(line.written()).isEqualTo("2026-03-01T10:00:01.500Z");
        assertThat(line.observed()).isEqualTo("2026-03-01T10:00:02Z");
        assertThat(line.attributes().get("envelope")).isEqualTo("filebeat/cri");
    }

    @Test
    void handsOutEveryRecordOfABatch() {
        String sealed =
                """
                {"streams":[{"stream":{"pod":"chat-0"},"values":[["1","a"],["2","b"]]},{"stream":{"pod":"chat-1"},"values":[["3","c"]]}]}""";

        assertThat(open(sealed))
                .extracting(line -> line.source() + " " + line.text())
                .containsExactly("chat-0 a", "chat-0 b", "chat-1 c");
    }

    @Test
    void givesAStructuredBodyAsJson() {
        String sealed =
                """
                {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"kvlistValue":{"values":[{"key":"msg","value":{"stringValue":"a \\"b\\""}},{"key":"n","value":{"arrayValue":{"values":[{"intValue":"1"},{"boolValue":true}]}}}]}}}]}]}]}""";

        assertThat(open(sealed)).extracting(Enclosed::text).containsExactly("{\"msg\":\"a \\\"b\\\"\",\"n\":[1,true]}");
    }

    @Test
    void skipsCloudWatchsControlMessages() {
        String sealed =
                "{\"messageType\":\"CONTROL_MESSAGE\",\"logEvents\":[{\"id\":\"\",\"timestamp\":1,\"message\":\"check\"}]}";

        assertThat(envelopes.open(Enclosed.of(sealed, Attributes.NONE), RECEIVED, line -> {
                    throw new AssertionError(line);
                }))
                .isTrue();
    }

    @Test
    void keepsTheLineOfAnEnvelopeThatBreaksOffAndSaysSo() {
        List<Enclosed> found =
                open("{\"log\":\"step done\",\"stream\":\"stderr\",\"kubernetes\":{\"pod_name\":\"chat-0\",");

        assertThat(found).singleElement().satisfies(line -> {
            assertThat(line.text()).isEqualTo("step done");
            assertThat(line.source()).isEqualTo("chat-0/stderr");
            assertThat(line.truncated()).isTrue();
        });
        assertThat(envelopes.trouble()).isNotNull().satisfies(trouble -> assertThat(trouble.detail())
                .contains("breaks at column", "one whole JSON object would be right"));
    }

    @Test
    void saysWhatIsWrongWithBrokenStructuredData() {
        List<Enclosed> found = open("<134>1 2026-03-01T10:00:01Z gpu-a1 chat 42 - [k8s pod=chat-0] step done");

        assertThat(found).extracting(Enclosed::text).containsExactly("[k8s pod=chat-0] step done");
        assertThat(envelopes.trouble()).isNotNull().satisfies(trouble -> assertThat(trouble.detail())
                .isEqualTo("the structured data of RFC 5424 at column 46 is neither - nor [id name=\"value\"];"
                        + " with either of them it would be right"));
    }

    @Test
    void writesLineEndsThatRsyslogEscaped() {
        assertThat(open("<11>Mar  1 10:00:01 gpu-a1 chat: Traceback:#012  File \"a.py\"#012ValueError: no"))
                .extracting(Enclosed::text)
                .containsExactly("Traceback:\n  File \"a.py\"\nValueError: no");
    }

    private List<Enclosed> open(String sealed) {
        List<Enclosed> found = new ArrayList<>();
        boolean opened = envelopes.open(Enclosed.of(sealed, Attributes.NONE), RECEIVED, found::add);
        assertThat(opened).isEqualTo(!found.isEmpty());
        return found;
    }

    private static String told(Enclosed enclosed) {
        StringBuilder told = new StringBuilder();
        for (Map.Entry<String, String> entry :
                new TreeMap<>(enclosed.attributes().toMap()).entrySet()) {
            told.append(told.isEmpty() ? "" : " ")
                    .append(entry.getKey())
                    .append('=')
                    .append(entry.getValue().replace(' ', '_'));
        }
        return told.toString();
    }

    private static Instant time(String written) {
        return written.isEmpty() ? null : Instant.parse(written);
    }
}

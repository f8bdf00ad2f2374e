package io.faultline;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Cause;
import io.faultline.model.EventKind;
import io.faultline.model.Incident;
import io.faultline.model.Rejected;
import io.faultline.model.Scope;
import io.faultline.settings.YamlFile;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

/** The whole journey on a MiniCluster, Kryo and generated uids switched off. */
class TopologyTest {

    private static final String XID =
            "Mar  1 10:08:42 gpu-a1 kernel: NVRM: Xid (PCI:0000:9b:00): 79, pid=2311, name=python, GPU has fallen off"
                    + " the bus.";
    private static final String NEEDS_RESET =
            "Mar  1 10:28:42 gpu-b2 kernel: NVRM: Xid (PCI:0000:9c:00): 109, pid=77, name=python, Ch 00000008, CTX"
                    + " SWITCH TIMEOUT";
    private static final String EXIT = "srun: error: gpu-a1: tasks 0-7: Aborted (core dumped)";

    @Test
    void carriesAnXidAndTheJobThatDiedOfItIntoOneIncident() throws Exception {
        LinesSources lines = new LinesSources()
                .with("gpu-a1.kernel.log", XID)
                .with("train-llm.log", " [2026-03-01 10:08:44.100000] iteration 17/ 1000 | lm loss: 2.1E+00 |", EXIT);

        MemorySinks found = run(lines);

        assertThat(found.incidents()).singleElement().satisfies(incident -> {
            assertThat(incident.cause().kind()).isEqualTo("gpu.xid");
            assertThat(incident.cause().entity().node()).isEqualTo("gpu-a1");
            assertThat(incident.cause().entity().gpu()).isEqualTo("0000:9b:00");
            assertThat(incident.rules()).contains("xid-then-job-exit");
            assertThat(incident.evidence())
                    .extracting(evidence -> evidence.origin().toString())
                    .contains("gpu-a1.kernel.log:1", "train-llm.log:2");
        });
    }

    @Test
    void countsWhatItCanNotReadAndReadsOn() throws Exception {
        LinesSources lines = new LinesSources()
                .with(
                        "gateway.json.log",
                        "{\"level\":\"info\",\"message\":\"ready\"}",
                        "{\"level\":\"info\",\"mess",
                        "plain text");

        MemorySinks found = run(lines);

        assertThat(found.eventCount()).isEqualTo(3);
        assertThat(found.eventCount(EventKind.LOG_OTHER)).isEqualTo(3);
        assertThat(found.rejectedCount(Rejected.Reason.MALFORMED)).isEqualTo(1);
        assertThat(found.rejected()).singleElement().satisfies(rejected -> {
            assertThat(rejected.origin().toString()).isEqualTo("gateway.json.log:2");
            assertThat(rejected.stage()).isEqualTo("parse");
        });
    }

    @Test
    void findsTheSameIncidentsAtAnyParallelism() throws Exception {
        LinesSources lines = new LinesSources()
                .with("gpu-a1.kernel.log", XID)
                .with("gpu-b2.kernel.log", XID.replace("gpu-a1", "gpu-b2").replace("10:08", "10:31"))
                .with("train-llm.log", EXIT);

        List<String> alone = ids(run(lines, 1));
        List<String> four = ids(run(lines, 4));

        assertThat(alone).hasSize(2);
        assertThat(four).isEqualTo(alone);
    }

    @Test
    void namesTheRackThatAPieceOfTheInventoryTellsOf() throws Exception {
        LinesSources lines = new LinesSources();
        for (int node = 1; node <= 16; node++) {
            lines.withPiece("node/gpu-a" + node, "nodes: {gpu-a" + node + ": {rack: r" + (node + 3) / 4 + "}}");
        }
        for (int node = 5; node <= 8; node++) {
            lines.with("gpu-a" + node + ".kernel.log", XID.replace("gpu-a1", "gpu-a" + node));
        }

        MemorySinks found = run(lines);

        assertThat(found.incidents()).singleElement().satisfies(incident -> {
            assertThat(incident.cause().scope())
                    .extracting(Scope::level, Scope::value, Scope::affected, Scope::members)
                    .containsExactly("rack", "r2", 4, 4);
            assertThat(incident.cause().because()).anyMatch(words -> words.contains("rack r2"));
        });
    }

    @Test
    void asksForAPersonWhereAnXidIsAllThereIs() throws Exception {
        JobSettings settings = JobSettings.read(
                "job.yaml",
                YamlFile.parse(
                        "job.yaml",
                        "respond: {remediate: {actions-topic: a, results-topic: r, bootstrap-servers: 'b:1', max-age:"
                                + " 36500d}}"),
                Map.of());
        LinesSources lines = new LinesSources().with("gpu-a1.kernel.log", XID).with("gpu-b2.kernel.log", NEEDS_RESET);

        MemorySinks found = run(settings, lines, 2);

        assertThat(found.incidents())
                .hasSize(2)
                .extracting(incident -> incident.cause().verdict())
                .containsOnly(Cause.Verdict.LIKELY);
        assertThat(found.actions())
                .extracting(action -> action.playbook() + " " + action.state() + " " + action.steps())
                .containsExactlyInAnyOrder(
                        "lost-gpu DRY_RUN [cordon-node gpu-a1, drain-node gpu-a1]",
                        "gpu-reset DRY_RUN [cordon-node gpu-b2, drain-node gpu-b2]");
    }

    @Test
    void givesEveryOperatorItsOwnUid() {
        StreamExecutionEnvironment environment = environment(2);
        try (MemorySinks sinks = new MemorySinks()) {
            new Topology(JobSettings.defaults(), new LinesSources().with("a.log", "a"), sinks).wire(environment);

            var nodes = environment.getStreamGraph(false).getStreamNodes();
            var uids = nodes.stream().map(StreamNode::getTransformationUID).collect(Collectors.toList());

            assertThat(uids).doesNotContainNull().doesNotHaveDuplicates();
        }
    }

    private static List<String> ids(MemorySinks found) {
        return found.incidents().stream().map(Incident::id).toList();
    }

    private static MemorySinks run(LinesSources lines) throws Exception {
        return run(lines, 2);
    }

    private static MemorySinks run(LinesSources lines, int parallelism) throws Exception {
        return run(JobSettings.defaults(), lines, parallelism);
    }

    private static MemorySinks run(JobSettings settings, LinesSources lines, int parallelism) throws Exception {
        StreamExecutionEnvironment environment = environment(parallelism);
        try (MemorySinks sinks = new MemorySinks()) {
            new Topology(settings, lines, sinks).wire(environment);
            environment.execute();
            return sinks;
        }
    }

    private static StreamExecutionEnvironment environment(int parallelism) {
        return JobConfiguration.embedded(parallelism);
    }
}

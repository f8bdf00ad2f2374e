package io.faultline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.faultline.settings.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is deployed names what is built. */
class DeploymentFilesTest {

    private static final Path K8S = Path.of("k8s/flinkdeployment.yaml");
    private static final Path DOCKERFILE = Path.of("k8s/Dockerfile");

    @Test
    void deploysTheJarThatTheBuildMakes() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        String dockerfile = Files.readString(DOCKERFILE);
        JsonNode job = deployment().at("/spec/job");

        assertThat(pom).contains("<outputFile>${project.build.directory}/faultline-job.jar</outputFile>");
        assertThat(dockerfile).contains("target/faultline-job.jar /opt/flink/usrlib/faultline-job.jar");
        assertThat(job.path("jarURI").asText()).isEqualTo("local:///opt/flink/usrlib/faultline-job.jar");
        assertThat(pom).contains("<mainClass>" + job.path("entryClass").asText() + "</mainClass>");
    }

    @Test
    void runsTheFlinkThatTheJobIsBuiltFor() throws IOException {
        String version = property("pom.xml", "flink.version");

        assertThat(Files.readString(DOCKERFILE)).contains("FROM flink:" + version + "-java17");
        String minor = version.substring(0, version.lastIndexOf('.')).replace('.', '_');
        assertThat(deployment().at("/spec/flinkVersion").asText()).isEqualTo("v" + minor);
    }

    @Test
    void startsTheServersInTheVersionsThatTheBuildNames() throws IOException {
        for (String property : List.of("flink.version", "kafka.broker.version", "elasticsearch.server.version")) {
            assertThat(property("src/stack/pom.xml", property)).as(property).isEqualTo(property("pom.xml", property));
        }
    }

    @Test
    void saysTheSameInTheDeploymentAsInTheConfiguration() throws IOException {
        JsonNode configuration = YamlFile.read(Path.of("flink-conf/config.yaml"));
        JsonNode deployed = deployment().at("/spec/flinkConfiguration");

        for (String key : List.of(
                "state.backend.type",
                "execution.checkpointing.interval",
                "execution.checkpointing.incremental",
                "execution.checkpointing.dir",
                "execution.checkpointing.savepoint-dir",
                "restart-strategy.type",
                "pipeline.generic-types",
                "pipeline.auto-generate-uids",
                "pipeline.object-reuse",
                "metrics.reporters")) {
            assertThat(deployed.path(key).asText())
                    .as(key)
                    .isNotEmpty()
                    .isEqualTo(configuration.at("/" + key.replace('.', '/')).asText());
        }
        assertThat(configuration.at("/pipeline/generic-types").booleanValue()).isFalse();
    }

    @Test
    void mountsTheSettingsWhereTheJobReadsThem() throws IOException {
        JsonNode specification = deployment().path("spec");
        JsonNode container = specification.at("/podTemplate/spec/containers/0");

        assertThat(container.path("name").asText()).isEqualTo("flink-main-container");
        String mounted = container.at("/volumeMounts/0/mountPath").asText();
        assertThat(specification.at("/job/args/1").asText()).isEqualTo(mounted + "/job.yaml");
        assertThat(specification
                        .at("/podTemplate/spec/securityContext/runAsNonRoot")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void drillsWithTheCommandsThatTheImageHas() throws IOException {
        JsonNode drill = YamlFile.read(Path.of("k8s/drill.yaml"));
        JsonNode pod = drill.at("/spec/jobTemplate/spec/template/spec");
        JsonNode container = pod.at("/containers/0");

        assertThat(drill.path("kind").asText()).isEqualTo("CronJob");
        assertThat(Files.readString(Path.of("k8s/executor.yaml")))
                .contains("image: " + container.path("image").asText() + "\n");
        assertThat(container.path("args"))
                .extracting(JsonNode::asText)
                .containsExactly(
                        "drill",
                        "--config",
                        container.at("/volumeMounts/0/mountPath").asText() + "/job.yaml",
                        "--author",
                        "cron",
                        "--scheduled");
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    }

    private static JsonNode deployment() throws IOException {
        ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
        try (var documents = yaml.readerFor(JsonNode.class).<JsonNode>readValues(K8S.toFile())) {
            List<JsonNode> all = documents.readAll();
            assertThat(all)
                    .extracting(document -> document.path("kind").asText())
                    .containsExactly("FlinkDeployment", "PersistentVolumeClaim");
            return all.get(0);
        }
    }

    private static String property(String pom, String name) throws IOException {
        Matcher matcher =
                Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)<").matcher(Files.readString(Path.of(pom)));
        assertThat(matcher.find()).as(name + " in " + pom).isTrue();
        return matcher.group(1);
    }
}

package io.faultline.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every line has one of the shapes that real logs of its kind have. The patterns were written for real lines, before
 * the simulator was.
 */
class WrittenFormatsTest {

    private static final String FLOAT = "\\d+\\.\\d+";

    private static final Pattern SRUN = Pattern.compile("^ *\\d+: (?=.|$)");
    private static final Pattern ANSI = Pattern.compile("\\x1B\\[[0-9;]*m");

    private static final Map<String, Pattern> TRAINING = patterns(Map.ofEntries(
            Map.entry(
                    "step",
                    " \\[\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6}\\] iteration +\\d+/ *\\d+ \\|(?: [a-zA-Z ()/]+: +[-+.0-9eENAna]+ \\|)+"),
            Map.entry("nccl", "gpu-[ab]\\d+:\\d+:\\d+ \\[\\d+\\] NCCL INFO .+"),
            Map.entry(
                    "nccl-init",
                    "gpu-[ab]\\d+:\\d+:\\d+ \\[\\d+\\] NCCL INFO ncclCommInitRankConfig comm 0x[0-9a-f]+ rank \\d+ nranks \\d+ cudaDev \\d+ nvmlDev \\d+ busId [0-9a-f]{5} commId 0x[0-9a-f]{16} - Init (START|COMPLETE)"),
            Map.entry(
                    "nccl-warn",
                    "\\[\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\] gpu-[ab]\\d+:\\d+:\\d+ \\[\\d+\\] \\S+:\\d+ NCCL WARN .+"),
            Map.entry("save-begin", "saving checkpoint at iteration +\\d+ to \\S+ in torch_dist format"),
            Map.entry("save-end", "  successfully saved checkpoint at iteration +\\d+ to \\S+ \\[ t 1/\\d, p 1/1 \\]"),
            Map.entry(
                    "load",
                    " {1,2}(loading|successfully loaded) checkpoint from \\S+ (\\[ t 1/\\d, p 1/1 \\] )?at iteration \\d+"),
            Map.entry("evaluate", "Evaluating (on \\d+ samples|iter \\d+/\\d+)"),
            Map.entry(
                    "validation",
                    " validation loss at iteration \\d+ \\| lm loss value: \\d\\.\\d{6}E[+-]\\d\\d \\| lm loss PPL: \\d\\.\\d{6}E[+-]\\d\\d \\| "),
            Map.entry("rule", "[-=]{40,}"),
            Map.entry("timers-head", "\\(min, max\\) time across ranks \\(ms\\):"),
            Map.entry("timer", " {4}[a-z-]+ \\.+: \\(" + FLOAT + ", " + FLOAT + "\\)"),
            Map.entry(
                    "memory",
                    "\\[Rank \\d+\\] \\(after \\d+ iterations\\) memory \\(MB\\) \\|( [a-z ]+: " + FLOAT + " ?\\|?)+"),
            Map.entry("datetime", "\\[(after|before) [^\\]]+\\] datetime: \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d "),
            Map.entry(
                    "python", "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3} - [\\w.]+ - (INFO|WARNING|ERROR) - .+"),
            Map.entry("pulse", "\\[\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\] PULSE: .+"),
            Map.entry("c10", "\\[rank\\d+\\]:\\[[EWI]\\d{3,4} \\d\\d:\\d\\d:\\d\\d\\.\\d{9} \\S+:\\d+\\] .+"),
            Map.entry("traceback", "\\[rank\\d+\\]: (Traceback \\(most recent call last\\):|  .+|[\\w.]+Error: .+)"),
            Map.entry(
                    "elastic",
                    "[EW]\\d{4} \\d\\d:\\d\\d:\\d\\d\\.\\d{6} \\d+ torch/distributed/elastic/multiprocessing/api.py:\\d+\\] .+"),
            Map.entry(
                    "report",
                    "(pretrain|train_sft)\\.py FAILED|Failures:|  <NO_OTHER_FAILURES>|Root Cause \\(first observed failure\\):|\\[0\\]:"),
            Map.entry(
                    "report-field",
                    "  (time      : \\d{4}-\\d\\d-\\d\\d_\\d\\d:\\d\\d:\\d\\d|host      : \\S+|rank      : \\d+ \\(local_rank: \\d+\\)|exitcode  : -?\\d+ \\(pid: \\d+\\)|error_file: <N/A>|traceback : .+)"),
            Map.entry(
                    "slurm",
                    "srun: (error: gpu-\\w+: tasks \\d+-\\d+: (Aborted \\(core dumped\\)|Terminated|Exited with exit code 1)|Terminating StepId=\\S+|Force Terminated StepId=\\S+|Job step aborted: Waiting up to 32 seconds for job step to finish\\.)"),
            Map.entry(
                    "slurmstepd",
                    "slurmstepd: error: \\*\\*\\* STEP \\d+\\.\\d+ ON gpu-\\w+ CANCELLED AT \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d \\*\\*\\*"),
            Map.entry(
                    "talk",
                    "using world size: .+|> initializing torch distributed \\.\\.\\.| > number of parameters on .+|> building train.+|done with setup \\.\\.\\.|training \\.\\.\\."),
            Map.entry("empty", "")));

    private static final Map<String, Pattern> FINE_TUNING = patterns(Map.ofEntries(
            Map.entry(
                    "metrics",
                    "(?: *\\d+%\\|[█▏▎▍▌▋▊▉ ]{10}\\| \\d+/\\d+ \\[[\\d:]+<[\\d:]+, +" + FLOAT + "s/it\\])?\\{'loss': "
                            + FLOAT + ", 'grad_norm': " + FLOAT
                            + ", 'learning_rate': \\d(\\.\\d+)?(e-\\d\\d)?, 'epoch': " + FLOAT + "\\}"),
            Map.entry(
                    "evaluation",
                    "\\{'eval_loss': " + FLOAT + ", 'eval_runtime': " + FLOAT + ", 'eval_samples_per_second': " + FLOAT
                            + ", 'eval_steps_per_second': " + FLOAT + ", 'epoch': " + FLOAT + "\\}"),
            Map.entry(
                    "end",
                    "\\{'train_runtime': " + FLOAT + ", 'train_samples_per_second': " + FLOAT
                            + ", 'train_steps_per_second': " + FLOAT + ", 'train_loss': " + FLOAT
                            + ", 'epoch': 3\\.0\\}"),
            Map.entry("trainer", "\\[INFO\\|\\w+\\.py:\\d+\\] \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3} >> .*"),
            Map.entry("continued", "\\*{5} Running Evaluation \\*{5}|Training completed\\. .+|")));

    private static final Pattern VLLM = Pattern.compile(
            "\\(\\w+ pid=\\d+\\) (DEBUG|INFO|WARNING|ERROR) \\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d \\[\\w+\\.py:\\d+\\] .+");
    private static final Pattern STATS = Pattern.compile(
            "\\(APIServer pid=1\\) INFO \\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d \\[loggers\\.py:\\d+\\] Engine 000: Avg prompt throughput: \\d+\\.\\d tokens/s, Avg generation throughput: \\d+\\.\\d tokens/s, Running: \\d+ reqs, Waiting: \\d+ reqs, GPU KV cache usage: \\d+\\.\\d%, Prefix cache hit rate: \\d+\\.\\d%");
    private static final Pattern UVICORN = Pattern.compile(
            "(\\(APIServer pid=1\\) )?INFO:     ([\\d.]+:\\d+ - \"(GET|POST) \\S+ HTTP/1\\.1\" \\d{3} [\\w ]+|Started server process \\[1\\]|Waiting for application (startup|shutdown)\\.|Application (startup|shutdown) complete\\.|Shutting down)");
    private static final Pattern SHARDS = Pattern.compile(
            "\\(EngineCore pid=\\d+\\) Loading safetensors checkpoint shards: +\\d+% Completed \\| \\d/5 \\[\\d\\d:\\d\\d<\\d\\d:\\d\\d,  "
                    + FLOAT + "s/it\\]");
    private static final Pattern VLLM_V0 =
            Pattern.compile("INFO \\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d \\w+\\.py:\\d+\\] .+");
    private static final Pattern STATS_V0 = Pattern.compile(
            "INFO \\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d metrics\\.py:349\\] Avg prompt throughput: \\d+\\.\\d tokens/s, Avg generation throughput: \\d+\\.\\d tokens/s, Running: \\d+ reqs, Swapped: \\d+ reqs, Pending: \\d+ reqs, GPU KV cache usage: \\d+\\.\\d%, CPU KV cache usage: \\d+\\.\\d%\\.");
    private static final Pattern KERNEL =
            Pattern.compile("Mar  1 \\d\\d:\\d\\d:\\d\\d gpu-[ab]\\d+ kernel: (\\[ *\\d+\\.\\d{6}\\] )?\\S.*");
    private static final Pattern XID = Pattern.compile(
            ".*NVRM: Xid \\(PCI:[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\\): \\d+, pid='?(\\d+|<unknown>)'?, name=[^,]+, .+");

    /** The stamps with a time of day: the first that is found at the head of a line dates it. */
    private static final Pattern CLOCK = Pattern.compile(
            "^(?: *\\d+: )?(?:\\x1B\\[1;36m)?(?:\\(\\w+ pid=\\d+\\)(?:\\x1B\\[0;0m)? \\w+ \\d\\d-\\d\\d |INFO \\d\\d-\\d\\d |Mar  1 | ?\\[?\\d{4}-\\d\\d-\\d\\d |[EW]\\d{4} |\\[rank\\d+\\]:\\[\\w\\d+ |\\[INFO\\|\\w+\\.py:\\d+\\] \\d{4}-\\d\\d-\\d\\d |\\{\"asctime\": \"\\d{4}-\\d\\d-\\d\\d )(\\d\\d:\\d\\d:\\d\\d)");

    @TempDir
    static Path temporary;

    private static WrittenCluster cluster;

    @BeforeAll
    static void simulate() {
        cluster = WrittenCluster.write(SimulationSettings.defaults(), temporary);
    }

    @Test
    void everyLineOfATrainingJobHasAKnownShape() {
        Map<String, Integer> seen = new TreeMap<>();
        for (String file : List.of("train-llm.log", "train-moe.log", "train-vlm.log")) {
            for (String line : lines(file)) {
                count(seen, file, SRUN.matcher(line).replaceFirst(""), TRAINING);
            }
        }

        assertThat(seen).containsOnlyKeys(TRAINING.keySet());
        assertThat(seen.get("step")).isGreaterThan(2000);
    }

    @Test
    void ranksAreLabelledToTheWidthOfTheLargest() {
        assertThat(cluster.grep("train-llm.log", "NCCL INFO")).allMatch(line -> line.matches("[ 123]\\d: gpu-a.*"));
        assertThat(cluster.grep("train-llm.log", "] iteration ")).allMatch(line -> line.startsWith("31:  ["));
    }

    @Test
    void everyLineOfTheFineTuningHasAKnownShape() {
        Map<String, Pattern> known = new TreeMap<>(TRAINING);
        known.putAll(FINE_TUNING);
        Map<String, Integer> seen = new TreeMap<>();
        for (String line : lines("sft-chat.log")) {
            count(seen, "sft-chat.log", SRUN.matcher(line).replaceFirst(""), known);
        }

        assertThat(seen)
                .containsKeys("metrics", "evaluation", "end", "trainer", "continued", "traceback", "c10", "slurm");
        assertThat(cluster.grep("sft-chat.log", "s/it\\]\\{'loss'")).hasSizeGreaterThan(20);
    }

    @Test
    void everyLineOfAReplicaHasAKnownShape() {
        for (String file : List.of("chat-0.log", "chat-1.log", "code-0.log")) {
            assertThat(lines(file))
                    .extracting(line -> ANSI.matcher(line).replaceAll(""))
                    .allSatisfy(line -> {
                        Pattern expected = line.contains(" Avg prompt throughput")
                                ? STATS
                                : line.contains("INFO:     ") ? UVICORN : line.contains("shards:") ? SHARDS : VLLM;
                        assertThat(line).matches(expected);
                    });
        }
        assertThat(lines("code-0.log")).allMatch(line -> line.startsWith("\u001b[1;36m("));
    }

    @Test
    void everyLineOfTheOldReplicaHasAKnownShape() {
        assertThat(lines("legacy-0.log")).allSatisfy(line -> assertThat(line)
                .matches(
                        line.contains("Avg prompt throughput")
                                ? STATS_V0
                                : line.startsWith("INFO: ") ? UVICORN : VLLM_V0));
    }

    @Test
    void everyKernelLineIsASyslogLineAndEveryXidHasItsAddress() {
        cluster.logs().keySet().stream()
                .filter(file -> file.endsWith(".kernel.log"))
                .forEach(file -> {
                    assertThat(lines(file)).isNotEmpty().allSatisfy(line -> assertThat(line)
                            .matches(line.contains("NVRM: Xid") ? XID : KERNEL));
                });
    }

    @Test
    void everyGatewayLineIsOneJsonObject() throws IOException {
        for (String line : lines("gateway.json.log")) {
            JsonNode json = new ObjectMapper().readTree(line);
            assertThat(json.fieldNames()).toIterable().startsWith("asctime", "levelname", "name", "message");
        }
    }

    @Test
    void timeNeverGoesBackByMoreThanFiveSeconds() {
        cluster.logs().forEach((file, lines) -> {
            LocalDateTime latest = LocalDateTime.parse("2026-03-01T09:59:50");
            int dated = 0;
            for (String line : lines) {
                Matcher clock = CLOCK.matcher(line);
                if (clock.find()) {
                    LocalDateTime time = LocalDateTime.parse(
                            "2026-03-01 " + clock.group(1),
                            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT));
                    assertThat(Duration.between(time, latest))
                            .as("%s: %s", file, line)
                            .isLessThan(Duration.ofSeconds(5));
                    latest = time.isAfter(latest) ? time : latest;
                    dated++;
                }
            }
            assertThat(dated).as(file).isGreaterThan(80);
            assertThat(latest).as(file).isBefore(LocalDateTime.parse("2026-03-01T11:00:01"));
        });
    }

    private static List<String> lines(String file) {
        List<String> lines = cluster.logs().get(file);
        return lines.subList(0, lines.size() - 1);
    }

    private static void count(Map<String, Integer> seen, String file, String text, Map<String, Pattern> known) {
        List<String> kinds = known.entrySet().stream()
                .filter(kind -> kind.getValue().matcher(text).matches())
                .map(Map.Entry::getKey)
                .toList();
        assertThat(kinds).as("%s: %s", file, text).isNotEmpty();
        kinds.forEach(kind -> seen.merge(kind, 1, Integer::sum));
    }

    private static Map<String, Pattern> patterns(Map<String, String> regexes) {
        Map<String, Pattern> patterns = new TreeMap<>();
        regexes.forEach((kind, regex) -> patterns.put(kind, Pattern.compile(regex)));
        return patterns;
    }
}

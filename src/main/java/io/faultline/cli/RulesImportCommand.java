package io.faultline.cli;

import io.faultline.detect.match.graph.GraphOptions;
import io.faultline.detect.match.graph.GraphReader;
import io.faultline.settings.Problems;
import io.faultline.settings.YamlFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rules import}: rules that people have in the JSON format of dynamic Flink CEP. */
@Command(
        name = "import",
        description = {
            "Makes a rule of a pattern in the JSON format of dynamic Flink CEP (nodes, edges, quantifiers, window).",
            "All that has no counterpart, as Java classes and groups of patterns, is told by its place in the JSON."
        },
        footer = {
            "",
            "Example:",
            "  faultline rules import flaps.json --group-by node --field action=attributes.outcome --out my-rules",
            "",
            "Exit code: 2 when something can not be translated."
        })
final class RulesImportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The pattern; - for standard input.")
    private Path file = Path.of("-");

    @Option(
            names = "--group-by",
            required = true,
            split = ",",
            paramLabel = "PART",
            description = "What tells groups apart, as the job that runs the pattern keys by it.")
    private List<String> groupBy = List.of();

    @Option(names = "--id", paramLabel = "ID", description = "The rule's id; the file's name where it is not given.")
    private String id = "";

    @Option(names = "--title", paramLabel = "TEXT", description = "The rule's title; the pattern's name otherwise.")
    private String title = "";

    @Option(names = "--level", paramLabel = "LEVEL", description = "How urgent it is; medium otherwise.")
    private String level = "medium";

    @Option(names = "--where", paramLabel = "CEL", description = "What all events are, as \"kind == 'training.step'\".")
    private String where = "";

    @Option(
            names = "--within",
            paramLabel = "TIME",
            description = "How long a match may take where there is no window.")
    private String within = "0s";

    @Option(
            names = "--field",
            paramLabel = "NAME=CEL",
            description = "What a name of an expression is; may come again.")
    private Map<String, String> fields = Map.of();

    @Option(names = "--out", paramLabel = "DIR", description = "Write DIR/ID.yaml in place of standard output.")
    private @Nullable Path directory;

    @Override
    public Integer call() throws IOException {
        Problems problems = new Problems();
        String json = file.toString().equals("-")
                ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                : YamlFile.text(file);
        String rule = id.isEmpty() ? idOf(file) : id;
        Duration limit = TypedTimes.duration("--within", within, "10m", problems);
        GraphOptions options = new GraphOptions(rule, title, level, groupBy, where, limit, fields);
        String text = new GraphReader(options).read(file.toString(), json, problems);
        Path target = directory == null ? null : directory.resolve(rule + ".yaml");
        if (target != null && Files.exists(target)) {
            problems.add(target.toString(), "is there already");
        }
        problems.throwIfAny("the pattern");
        if (directory == null || target == null) {
            spec.commandLine().getOut().print(text);
        } else {
            Files.createDirectories(directory);
            Files.writeString(target, text);
            spec.commandLine().getErr().println("wrote " + target);
        }
        return ExitCode.OK;
    }

    private static String idOf(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        String id =
                name.replaceFirst("\\.json$", "").replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return id.isEmpty() ? "imported" : id;
    }
}

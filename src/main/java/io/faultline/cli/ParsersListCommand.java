package io.faultline.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.faultline.collect.parse.LineParser;
import io.faultline.collect.parse.ParseSettings;
import io.faultline.collect.parse.user.ParserDefinition;
import io.faultline.settings.Problems;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code parsers list}: the formats that are known, in the order in which their parsers are asked. */
@Command(
        name = "list",
        description = "Lists all formats in the order in which their parsers are asked.",
        footer = {"", "Example:", "  faultline parsers list flink-conf/parsers"})
final class ParsersListCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..*",
            paramLabel = "PATH",
            description = "Parser files, or directories of them, beside the built-in parsers.")
    private List<Path> paths = List.of();

    @Option(names = "--json", description = "Print one JSON object a format.")
    private boolean json;

    @Override
    public Integer call() {
        Problems problems = new Problems();
        List<ParserDefinition> own = ParseSettings.parsersOf(paths, problems);
        problems.throwIfAny("the parser files");
        Map<String, ParserDefinition> byFormat = new HashMap<>();
        own.forEach(definition -> byFormat.put(definition.format(), definition));
        PrintWriter out = spec.commandLine().getOut();
        for (String format :
                new LineParser(new ParseSettings(ParseSettings.defaults().timeZone(), own)).formats()) {
            ParserDefinition definition = byFormat.get(format);
            String title = definition == null ? "" : definition.title();
            String file = definition == null ? "built in" : definition.file();
            out.println(
                    json
                            ? JsonNodeFactory.instance
                                    .objectNode()
                                    .put("format", format)
                                    .put("title", title)
                                    .put("from", file)
                                    .toString()
                            : String.format(
                                    Locale.ROOT, "%-24s %s", format, title.isEmpty() ? file : file + ": " + title));
        }
        return ExitCode.OK;
    }
}

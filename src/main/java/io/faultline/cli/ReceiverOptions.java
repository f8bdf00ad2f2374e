package io.faultline.cli;

import io.faultline.respond.notify.NotifySettings;
import io.faultline.respond.notify.ReceiverSettings;
import io.faultline.settings.NearestWord;
import io.faultline.settings.Problems;
import io.faultline.settings.SettingsReader;
import io.faultline.settings.YamlFile;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which receiver, of which settings. Of the settings only {@code respond.notify} is read. */
final class ReceiverOptions {

    @Option(names = "--receiver", required = true, paramLabel = "NAME", description = "The receiver's name.")
    private String receiver = "";

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The settings of the job.")
    private Path config = Path.of("job.yaml");

    /** The settings of everybody who is told. */
    NotifySettings settings() {
        Problems problems = new Problems();
        InputFiles.check(List.of(config), problems);
        problems.throwIfAny("the arguments of notify");
        SettingsReader top = new SettingsReader(YamlFile.read(config), problems, System.getenv(), config);
        SettingsReader reader = top.group("respond").group("notify");
        NotifySettings settings = NotifySettings.read(reader);
        reader.finish();
        problems.throwIfAny(config.toString());
        return settings;
    }

    /** The receiver among them. */
    ReceiverSettings in(NotifySettings settings) {
        Problems problems = new Problems();
        Set<String> names = new LinkedHashSet<>();
        settings.receivers().forEach(each -> names.add(each.name()));
        if (!names.contains(receiver)) {
            String there = names.isEmpty() ? "none" : String.join(", ", names);
            problems.add(
                    "--receiver",
                    "\"" + receiver + "\" is no receiver of " + config + NearestWord.hint(receiver, names)
                            + "; there is: " + there);
        }
        problems.throwIfAny("the arguments of notify");
        return settings.receivers().stream()
                .filter(each -> each.name().equals(receiver))
                .findFirst()
                .orElseThrow();
    }
}

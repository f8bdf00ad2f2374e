package io.faultline.respond.remediate;

import io.faultline.settings.Problems;
import io.faultline.settings.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The playbooks that come with Faultline, and those of a directory. */
public final class Playbooks {

    /** Lists the shipped ones: what a jar holds can not be listed reliably. A test compares it with the directory. */
    private static final String INDEX = "/playbooks/index.txt";

    private Playbooks() {}

    public static List<Playbook> shipped() {
        Problems problems = new Problems();
        List<Playbook> read = shippedNames().stream()
                .map(name -> PlaybookReader.read("playbooks/" + name, resource("/playbooks/" + name), problems))
                .toList();
        problems.throwIfAny("the shipped playbooks");
        return read;
    }

    /**
     * The {@code .yaml} files of a directory, in the order of their names.
     *
     * @param problems gets what is wrong with any of them, as {@code file:line: path: text}
     */
    public static List<Playbook> in(Path directory, Problems problems) {
        List<Playbook> read = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                read.add(PlaybookReader.read(file.toString(), Files.readString(file), problems));
            }
        } catch (IOException e) {
            throw new SettingsException(directory.toString(), List.of("can not be read: " + e));
        }
        return read;
    }

    /**
     * The shipped ones, those of a directory in place of shipped ones with the same id, and none that is disabled; in the
     * order of precedence, which is the directory's first.
     *
     * @param directory empty for none
     */
    static List<Playbook> of(String directory, Set<String> disabled, Problems problems) {
        List<Playbook> all = new ArrayList<>(directory.isEmpty() ? List.of() : in(Path.of(directory), problems));
        Set<String> ids = new HashSet<>();
        all.forEach(playbook -> ids.add(playbook.id()));
        shipped().stream().filter(playbook -> ids.add(playbook.id())).forEach(all::add);
        return all.stream()
                .filter(playbook -> !disabled.contains(playbook.id()))
                .toList();
    }

    private static List<String> shippedNames() {
        return resource(INDEX).lines().filter(line -> !line.isBlank()).toList();
    }

    private static String resource(String name) {
        try (InputStream stream = Playbooks.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}

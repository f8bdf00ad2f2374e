package io.faultline.cli.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One HTML page that holds everything it shows: the data as JSON, the style, the charts' code. It may be mailed, put on a
 * ticket and opened years later; its content security policy forbids it to ask the network for anything.
 */
public final class HtmlReport {

    private static final String TEMPLATE = "/report/report.html";
    private static final String STYLE = "/report/report.css";
    private static final String SCRIPT = "/report/report.js";
    private static final String CHARTS = "/META-INF/resources/webjars/echarts/5.5.0/echarts.common.min.js";
    private static final Pattern PLACE = Pattern.compile("@@([a-z]+)@@");

    private final ReportData data;

    private HtmlReport(ReportData data) {
        this.data = data;
    }

    public static HtmlReport of(ReportData data) {
        return new HtmlReport(data);
    }

    /** Writes the page, its folder too where that is missing. */
    public void write(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(file, html());
    }

    /** The page. */
    public String html() {
        return PLACE.matcher(resource(TEMPLATE)).replaceAll(place -> Matcher.quoteReplacement(part(place.group(1))));
    }

    private String part(String name) {
        return switch (name) {
            case "title" -> inText(data.title());
            case "style" -> resource(STYLE);
            case "charts" -> resource(CHARTS);
            case "script" -> resource(SCRIPT);
            case "data" -> inScript(ReportJson.of(data).toString());
            default -> throw new IllegalStateException("the template asks for " + name);
        };
    }

    /**
     * JSON that may stand inside of a script element, whatever log lines are in it. Each of these characters can only be
     * inside of a JSON string, where its escape means the same.
     */
    static String inScript(String json) {
        StringBuilder safe = new StringBuilder(json.length() + 64);
        for (int i = 0; i < json.length(); i++) {
            char character = json.charAt(i);
            switch (character) {
                case '<', '>', '&', '\u2028', '\u2029' ->
                    safe.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
                default -> safe.append(character);
            }
        }
        return safe.toString();
    }

    private static String inText(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String resource(String name) {
        try (InputStream stream = HtmlReport.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

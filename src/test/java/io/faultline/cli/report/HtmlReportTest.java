package io.faultline.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlReportTest {

    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

    private static final Pattern SCRIPT = Pattern.compile("<script[^>]*>.*?</script>", Pattern.DOTALL);

    @Test
    void keepsALogLineThatLooksLikeMarkupInsideItsData() throws IOException {
        String hostile =
                "</script><script>alert(1)</script><!-- <img src=x onerror=alert(2)> & \u2028 @@data@@ \\u003c $1";
        ReportData data = SampleReports.withIncidents(List.of(SampleReports.anIncidentSaying(hostile)));

        String html = HtmlReport.of(data).html();

        assertThat(skeleton(html)).doesNotContain("alert", "<img").contains("<noscript>");
        assertThat(html.indexOf('\u2028')).isNegative();
        JsonNode incident = data(html).path("incidents").path(0);
        assertThat(incident.path("title").asText()).isEqualTo(hostile);
        assertThat(incident.path("evidence").path(0).path("text").asText()).isEqualTo(hostile);
    }

    @Test
    void writesATitleThatLooksLikeMarkupAsText() {
        ReportData nothing = SampleReports.withNothing();
        ReportData data = new ReportData(
                "Scan of <b>&lt.log",
                nothing.from(),
                nothing.to(),
                nothing.totals(),
                nothing.incidents(),
                nothing.series(),
                nothing.rejected());

        String html = HtmlReport.of(data).html();

        assertThat(skeleton(html))
                .contains("<h1>Scan of &lt;b&gt;&amp;lt.log</h1>")
                .doesNotContain("<b>");
    }

    @Test
    void refersToNothingOutsideOfItself() {
        String html = HtmlReport.of(SampleReports.anHour()).html();

        assertThat(skeleton(html))
                .contains("default-src 'none'")
                .doesNotContain("http:", "https:", "src=", "<link", "@import", "url(");
    }

    @Test
    void drawsOneChartAMeasureAndOneLineAReplica() throws IOException {
        JsonNode charts = data(HtmlReport.of(SampleReports.anHour()).html()).path("charts");

        assertThat(charts.findValuesAsText("group"))
                .containsExactly("sft-code", "sft-code", "train-llm", "train-llm", "train-llm", "chat", "chat", "chat");
        JsonNode requests = charts.path(6);
        assertThat(requests.path("lines").findValuesAsText("name"))
                .containsExactly("chat-0", "chat-1", "chat-2", "chat-0", "chat-1", "chat-2");
        assertThat(requests.path("lines").findValuesAsText("dashed"))
                .containsExactly("false", "false", "false", "true", "true", "true");
    }

    @Test
    void marksAnIncidentOnTheChartsOfWhatItIsAbout() throws IOException {
        JsonNode charts = data(HtmlReport.of(SampleReports.anHour()).html()).path("charts");

        assertThat(charts.path(0).path("incidents").toString()).isEqualTo("[1]");
        assertThat(charts.path(2).path("incidents").toString()).isEqualTo("[0,3]");
        assertThat(charts.path(5).path("incidents").toString()).isEqualTo("[2]");
    }

    /** The page without what is inside of its script elements: what the browser reads as markup. */
    private static String skeleton(String html) {
        return SCRIPT.matcher(html).replaceAll("<script></script>");
    }

    private static JsonNode data(String html) throws IOException {
        Matcher matcher = DATA.matcher(html);
        assertThat(matcher.find()).isTrue();
        return new ObjectMapper().readTree(matcher.group(1));
    }
}

package io.faultline.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The report in a real browser, opened from the disk, with every way to the network closed. */
class HtmlReportIT {

    private static final Path FOLDER = Path.of("target", "report-it");

    private static LocalBrowser browser;

    private final List<String> errors = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private final List<BrowserContext> contexts = new ArrayList<>();

    @BeforeAll
    static void startTheBrowser() {
        browser = LocalBrowser.start();
    }

    @AfterAll
    static void stopTheBrowser() {
        browser.close();
    }

    @AfterEach
    void closeThePages() {
        contexts.forEach(BrowserContext::close);
    }

    @Test
    void showsTheIncidentsWorstFirstAndDrawsTheChartsWithoutTheNetwork() throws IOException {
        Page page = open("hour.html", SampleReports.anHour(), 1440, 1000, ColorScheme.LIGHT);
        screenshot(page, "desktop-light.png");

        assertThat(page.locator(".incident h3").allTextContents())
                .hasSize(4)
                .first()
                .isEqualTo("Job train-llm stopped: a GPU of gpu-a2 fell off the bus");
        assertThat(page.locator("#totals").innerText()).contains("148,233", "147,901", "19");
        assertThat(page.locator(".incident").first().innerText())
                .contains("Xid 79 came 3 s before", "gpu-a2.kernel.log:8812", "GPU has fallen off the bus", "94 %");
        assertThat(page.locator(".chart canvas").count()).isEqualTo(8);
        assertThat(inkOf(page)).hasSize(8).allSatisfy(pixels -> assertThat(pixels)
                .isGreaterThan(500));
        assertThat(requests).hasSize(1);
        assertThat(errors).isEmpty();
    }

    @Test
    void zoomsTheTimelineAndTheChartsToTheIncidentThatIsClicked() throws IOException {
        Page page = open("hour.html", SampleReports.anHour(), 1440, 1000, ColorScheme.LIGHT);
        Locator bar = page.locator("#lanes button[data-incident='2']");
        double before = bar.boundingBox().width;

        bar.click();

        assertThat(page.locator("#lanes button[data-incident='2']").boundingBox().width)
                .isGreaterThan(2 * before);
        assertThat(page.locator("#range").innerText()).isEqualTo("2026-03-01 10:43:48 – 10:59:12 UTC");
        assertThat(page.locator(".incident.chosen h3").innerText()).startsWith("Replica chat-1");
        assertThat(page.locator(".group:visible h3").allTextContents()).containsExactly("chat");
        page.screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve("desktop-zoomed.png")));

        page.keyboard().press("Escape");

        assertThat(page.locator(".incident.chosen").count()).isZero();
        assertThat(page.locator("#lanes button[data-incident='2']").boundingBox().width)
                .isEqualTo(before);
        assertThat(errors).isEmpty();
    }

    @Test
    void isReachedAndZoomedByTheKeyboardAlone() throws IOException {
        Page page = open("hour.html", SampleReports.anHour(), 1440, 1000, ColorScheme.LIGHT);

        page.locator(".incident h3 button").nth(1).focus();
        page.keyboard().press("Enter");

        assertThat(page.locator(".incident.chosen h3").innerText()).startsWith("Loss of sft-code");
        assertThat(page.locator("#lanes button[aria-pressed='true']").getAttribute("aria-label"))
                .startsWith("high: Loss of sft-code");
    }

    @Test
    void fitsAPhoneWithoutScrollingSideways() throws IOException {
        Page page = open("hour.html", SampleReports.anHour(), 360, 740, ColorScheme.DARK);
        screenshot(page, "phone-dark.png");
        page.screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve("phone-top.png")));

        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
        assertThat(page.locator(".incident").first().isVisible()).isTrue();
        assertThat(errors).isEmpty();
    }

    @Test
    void followsADarkSystem() throws IOException {
        Page page = open("hour.html", SampleReports.anHour(), 1440, 1000, ColorScheme.DARK);
        screenshot(page, "desktop-dark.png");

        assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(15, 20, 25)");
        assertThat(errors).isEmpty();
    }

    @Test
    void saysThatNothingWasFound() throws IOException {
        Page page = open("nothing.html", SampleReports.withNothing(), 1024, 700, ColorScheme.LIGHT);
        screenshot(page, "nothing.png");

        assertThat(page.locator("#incidents").innerText()).contains("No incident found", "900 events");
        assertThat(page.locator("#timeline").isVisible()).isFalse();
        assertThat(page.locator("#rejected").isVisible()).isFalse();
        assertThat(errors).isEmpty();
    }

    @Test
    void showsAHostileLogLineAsText() throws IOException {
        String hostile = "</script><script>window.pwned=1</script><img src=x onerror=window.pwned=2>\u202egnp.exe";
        ReportData data = SampleReports.withIncidents(List.of(SampleReports.anIncidentSaying(hostile)));

        Page page = open("hostile.html", data, 1024, 700, ColorScheme.LIGHT);

        assertThat(page.evaluate("window.pwned === undefined")).isEqualTo(true);
        assertThat(page.locator(".incident code").innerText())
                .isEqualTo("</script><script>window.pwned=1</script><img src=x onerror=window.pwned=2>\\u202egnp.exe");
        assertThat(errors).isEmpty();
    }

    private Page open(String name, ReportData data, int width, int height, ColorScheme scheme) throws IOException {
        Path file = FOLDER.resolve(name).toAbsolutePath();
        HtmlReport.of(data).write(file);
        BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(scheme));
        contexts.add(context);
        context.setOffline(true);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (List.of("error", "warning").contains(message.type())) {
                errors.add(message.text());
            }
        });
        page.onPageError(errors::add);
        page.onRequest(request -> requests.add(request.url()));
        page.navigate(file.toUri().toString());
        page.waitForLoadState();
        assertThat(errors).isEmpty();
        assertThat(page.locator("html[data-ready='true']").count()).isEqualTo(1);
        return page;
    }

    /** How many pixels of each chart are not transparent. */
    private static List<Integer> inkOf(Page page) {
        page.waitForFunction("document.querySelectorAll('.chart canvas').length > 0");
        List<?> pixels = (List<?>)
                page.evaluate(
                        """
                [...document.querySelectorAll('.chart canvas')].map(canvas => {
                  const rgba = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
                  let ink = 0;
                  for (let i = 3; i < rgba.length; i += 4) if (rgba[i] > 0) ink++;
                  return ink;
                })""");
        return pixels.stream().map(count -> ((Number) count).intValue()).toList();
    }

    private static void screenshot(Page page, String name) {
        page.screenshot(
                new Page.ScreenshotOptions().setPath(FOLDER.resolve(name)).setFullPage(true));
    }
}

package io.longline.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.longline.api.Finding;
import io.longline.api.Finding.Severity;
import io.longline.host.testing.FindingsFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * The report in a real browser, opened from the disk: Chromium and its driver, as Debian has them.
 * Where they are missing the test is skipped; in CI it fails.
 */
@Tag("slow")
class ReportBrowserTest {

  private static final Path BROWSER = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final long HOUR = 3_600_000_000L;
  private static final long START = 1_713_657_600_000_000L;
  private static final String HOSTILE = "<img src=x onerror=\"document.title='taken'\">";

  @TempDir static Path folder;

  private static ChromeDriver browser;

  @BeforeAll
  static void open() throws Exception {
    boolean isThere = Files.isExecutable(BROWSER) && Files.isExecutable(DRIVER);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(isThere).as("what CI must have: chromium and chromium-driver").isTrue();
    }
    assumeTrue(isThere, "SKIPPED: there is no " + BROWSER + " with its driver");
    makeReport();
    var options = new ChromeOptions();
    options.setBinary(BROWSER.toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + folder.resolve("profile"));
    var logging = new LoggingPreferences();
    logging.enable(LogType.BROWSER, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logging);
    var service = new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build();
    browser = new ChromeDriver(service, options);
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.quit();
    }
  }

  private static void makeReport() throws Exception {
    var findings = new ArrayList<Finding>();
    var severities = Severity.values();
    for (int i = 0; i < 60; i++) {
      findings.add(
          Finding.of(i % 3 == 0 ? "dns-tunnel" : "indicator", severities[i % severities.length])
              .at(START + i * HOUR)
              .score(i / 60.0)
              .source("10.0.0." + i % 7)
              .destination("198.51.100." + i)
              .name(i % 5 == 0 ? HOSTILE : "name-" + i + ".example")
              .uid("C" + i)
              .log("conn")
              .sentence("The host 10.0.0." + i % 7 + " has spoken to " + HOSTILE + ".")
              .basis("feed example", "seen in id.resp_h")
              .allowedBy(i % 10 == 9 ? "own list" : null));
    }
    var written = new FindingsFolder(folder);
    written.batches(false, findings.toArray(Finding[]::new));
    written.window(
        "2024-04-21T00-24h",
        Finding.of("beacon", Severity.CRITICAL)
            .score(0.963)
            .source("10.0.0.1")
            .destination("203.0.113.9")
            .sentence("10.0.0.1 contacted 203.0.113.9 331 times within 24 hours.")
            .chart(Finding.Chart.ofTimes("Connections by hour", START, HOUR, 14, 13, 0, 14, 15))
            .chart(Finding.Chart.ofNumbers("Intervals", "s", 0, 60, 1, 3, 200, 90, 4)));
    try (var program = Program.start("report", folder.toString())) {
      assertThat(program.rest()).anyMatch(line -> line.startsWith("report "));
      assertThat(program.exitCode()).as(program.err()).isZero();
    }
  }

  private static void show(int width, String scheme) {
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    browser.get(folder.resolve("report.html").toUri().toString());
  }

  private static void checkConsole() {
    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
    assertThat(browser.getTitle()).isEqualTo("Findings");
  }

  @ParameterizedTest
  @CsvSource({"1280,light", "1280,dark", "320,light", "320,dark"})
  void everybodyCanReadIt(int width, String scheme) throws Exception {
    show(width, scheme);
    for (var details : browser.findElements(By.cssSelector("details > summary"))) {
      details.click();
    }
    try (var axe = ReportBrowserTest.class.getResourceAsStream("/axe.min.js")) {
      browser.executeScript(new String(Objects.requireNonNull(axe).readAllBytes(), UTF_8));
    }
    var violations =
        browser.executeAsyncScript(
            """
            const done = arguments[arguments.length - 1];
            axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
              .then(result => done(result.violations.map(each =>
                each.id + ": " + each.help + ": " + each.nodes.map(node => node.html).slice(0, 3).join(" "))))
              .catch(failure => done(["axe failed: " + failure]));
            """);
    assertThat(violations).isEqualTo(List.of());
    var isWide =
        browser.executeScript("return document.documentElement.scrollWidth > window.innerWidth");
    assertThat(isWide).as("the page is wider than the window").isEqualTo(false);
    var screenshots = System.getProperty("screenshots");
    if (screenshots != null) {
      var png = browser.getScreenshotAs(OutputType.BYTES);
      Files.write(Path.of(screenshots, "report-" + width + "-" + scheme + ".png"), png);
    }
    checkConsole();
  }

  private static List<WebElement> rows() {
    return browser
        .findElement(By.id("filter"))
        .findElements(By.xpath("ancestor::section//tbody/tr"));
  }

  private static List<String> shown(int column) {
    return rows().stream()
        .filter(WebElement::isDisplayed)
        .map(row -> row.findElements(By.tagName("td")).get(column).getText())
        .toList();
  }

  private static void atLeast(String severity) {
    browser.findElement(By.xpath("//select[@id='least']/option[.='" + severity + "']")).click();
  }

  @Test
  void tablesAreFilteredAndSorted() {
    show(1280, "light");
    // 60 less those that are allowed, and the beacon.
    assertThat(rows()).hasSize(55);
    var filter = browser.findElement(By.id("filter"));
    filter.sendKeys("DNS-tunnel 10.0.0.3");
    assertThat(shown(2)).isNotEmpty().allMatch(text -> text.endsWith("dns-tunnel"));
    assertThat(shown(3)).containsOnly("10.0.0.3");
    filter.clear();
    filter.sendKeys("203.0.113.9");
    assertThat(browser.findElement(By.id("shown")).getText()).isEqualTo("1 of 55");
    filter.clear();
    filter.sendKeys(" ");
    atLeast("critical");
    assertThat(shown(0)).isNotEmpty().containsOnly("critical");
    atLeast("low");

    var destination =
        browser
            .findElement(By.id("filter"))
            .findElement(By.xpath("ancestor::section//th/button[text()='Destination']"));
    destination.click();
    assertThat(shown(4)).startsWith("198.51.100.0", "198.51.100.1", "198.51.100.2");
    destination.click();
    assertThat(shown(4)).startsWith("203.0.113.9", "198.51.100.58", "198.51.100.57");
    checkConsole();
  }

  @Test
  void namesFromLogsAreTextAndNothingElse() {
    show(1280, "light");
    assertThat(browser.findElements(By.tagName("img"))).isEmpty();
    assertThat(browser.findElement(By.id("main")).getText()).contains(HOSTILE);
    checkConsole();
  }
}

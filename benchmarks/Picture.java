import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws the results of {@code benchmarks/compare}: bars of median CPU seconds. Usage:
 * {@code java benchmarks/Picture.java RESULTS > docs/performance.svg}.
 */
public final class Picture {

  private static final int WIDTH = 760;
  private static final int LEFT = 300;
  private static final int ROW = 22;

  /** The content: a title, then the names of measurements and their labels. */
  private static final Map<String, Map<String, String>> SHOWN = shown();

  private static Map<String, Map<String, String>> shown() {
    var all = new LinkedHashMap<String, Map<String, String>>();
    var reading = new LinkedHashMap<String, String>();
    reading.put("tsv_longline", "Longline");
    reading.put("tsv_cut", "GNU cut (text only)");
    reading.put("tsv_zeek-cut", "zeek-cut (text only)");
    reading.put("tsv_duckdb", "DuckDB");
    reading.put("tsv_mawk", "mawk");
    all.put("Four columns of a 993 MB conn.log, CPU seconds", reading);
    var typed = new LinkedHashMap<String, String>();
    typed.put("tsv_all_longline", "Longline");
    typed.put("tsv_all_duckdb", "DuckDB");
    all.put("All 21 columns of it as typed values, CPU seconds", typed);
    var hooks = new LinkedHashMap<String, String>();
    hooks.put("RecordHook-compilers-1", "eight record hooks, one scan");
    hooks.put("LogHook-compilers-1", "eight log hooks, eight scans");
    all.put("Eight hooks on it, CPU seconds", hooks);
    var job = new LinkedHashMap<String, String>();
    job.put("longline-200", "Longline, 200 directories");
    job.put("broapt-200", "BroAPT, 200 directories");
    job.put("yardstick-mawk", "for comparison: mawk on the conn.log");
    all.put("BroAPT's two hooks, 105 MB of logs and 18,600 files, CPU seconds", job);
    return all;
  }

  private Picture() {}

  /** Takes the file with the results. */
  public static void main(String[] args) throws IOException {
    Map<String, List<Double>> cpu = new LinkedHashMap<>();
    for (var line : Files.readAllLines(Path.of(args[0]))) {
      var parts = line.split(" ");
      cpu.computeIfAbsent(parts[1], name -> new ArrayList<>()).add(Double.valueOf(parts[2]));
    }
    var body = new StringBuilder();
    int y = 10;
    for (var group : SHOWN.entrySet()) {
      y += 26;
      body.append(text(10, y, "bold", group.getKey()));
      double most =
          group.getValue().keySet().stream()
              .filter(cpu::containsKey)
              .mapToDouble(name -> median(cpu.get(name)))
              .max()
              .orElse(1);
      for (var bar : group.getValue().entrySet()) {
        if (cpu.containsKey(bar.getKey())) {
          y += ROW;
          double seconds = median(cpu.get(bar.getKey()));
          int width = (int) Math.max(1, (WIDTH - LEFT - 80) * seconds / most);
          boolean isOurs = bar.getValue().startsWith("Longline") || bar.getValue().contains("one scan");
          body.append(text(20, y, "normal", bar.getValue()));
          body.append(
              "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"14\" fill=\"%s\"/>%n"
                  .formatted(LEFT, y - 12, width, isOurs ? "#2a6f97" : "#b0b7bd"));
          body.append(
              text(LEFT + width + 6, y, "normal", String.format(Locale.ROOT, "%.2f s", seconds)));
        }
      }
    }
    System.out.printf(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"13\">%n"
            + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n%s</svg>%n",
        WIDTH, y + 20, body);
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get((values.size() - 1) / 2);
  }

  private static String text(int x, int y, String weight, String text) {
    return "<text x=\"%d\" y=\"%d\" font-weight=\"%s\">%s</text>%n"
        .formatted(x, y, weight, text.replace("&", "&amp;").replace("<", "&lt;"));
  }
}

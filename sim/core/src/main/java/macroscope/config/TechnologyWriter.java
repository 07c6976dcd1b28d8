package macroscope.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import macroscope.cost.FitQuality;
import macroscope.cost.Price;
import macroscope.cost.PriceLaw;
import macroscope.cost.PriceTable;
import macroscope.cost.SramPrices;
import macroscope.cost.TechnologyNode;

/** Writes a technology as the YAML that {@link TechnologyFile} reads. */
public final class TechnologyWriter {

  private final TechnologyNode technology;
  private final Map<String, String> sources = new LinkedHashMap<>();
  private final StringBuilder body = new StringBuilder();

  private TechnologyWriter(TechnologyNode technology) {
    this.technology = technology;
  }

  /** The file's text. */
  public static String text(TechnologyNode technology) {
    return new TechnologyWriter(technology).text();
  }

  /** Writes the file as a whole or not at all. */
  public static void write(TechnologyNode technology, Path file) {
    write(technology, List.of(), file);
  }

  /**
   * Writes the file as a whole or not at all.
   *
   * @param remarks lines of comment at its end
   */
  public static void write(TechnologyNode technology, List<String> remarks, Path file) {
    Path whole = file.toAbsolutePath();
    try {
      Path part = Files.createTempFile(whole.getParent(), ".technology", ".part");
      try {
        Files.writeString(part, text(technology) + comments(remarks));
        Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw Place.of(file.toString()).refuse("cannot be written: " + e.getMessage());
    }
  }

  private static String comments(List<String> remarks) {
    return remarks.stream()
        .map(remark -> ("# " + remark).stripTrailing() + '\n')
        .collect(Collectors.joining());
  }

  private String text() {
    technology.energy().ifPresent(table -> parts("energy", table));
    technology.area().ifPresent(table -> parts("area", table));
    technology.delay().ifPresent(table -> parts("delay", table));
    technology.sram().ifPresent(this::sram);
    technology
        .dramPerBit()
        .ifPresent(
            price -> line("dram: {picojoules_per_bit: " + number(price) + trust(price) + "}"));
    technology
        .dramAreaPerBit()
        .ifPresent(
            price ->
                line(
                    "dram_area: {square_micrometres_per_bit: "
                        + number(price)
                        + trust(price)
                        + "}"));
    if (!technology.fits().isEmpty()) {
      line("fits:");
      technology.fits().forEach(this::fit);
    }
    StringBuilder head = new StringBuilder();
    head.append("name: ").append(quoted(technology.name())).append('\n');
    head.append("node: ").append(quoted(technology.node())).append('\n');
    head.append("volts: ").append(technology.volts()).append('\n');
    head.append("description: ").append(quoted(technology.description())).append('\n');
    head.append("sources:\n");
    sources.forEach(
        (text, key) ->
            head.append("  ").append(key).append(": ").append(quoted(text)).append('\n'));
    return head.append(body).toString();
  }

  private void parts(String key, PriceTable table) {
    line(key + ":");
    line("  unit: " + table.unit());
    line("  parts:");
    table.sorted().forEach(this::law);
  }

  private void law(String kind, PriceLaw law) {
    line("    " + kind + ":");
    for (PriceLaw.Term term : law.terms()) {
      String per = term.per().name().toLowerCase(Locale.ROOT);
      Price price = term.price();
      line("      - {per: " + per + ", value: " + number(price) + trust(price) + "}");
    }
  }

  private void sram(SramPrices prices) {
    line("sram:");
    for (SramPrices.Point point : prices.points()) {
      Price price = point.perBit();
      line(
          "  - {kilobytes: "
              + point.bytes() / 1024
              + ", picojoules_per_bit: "
              + number(price)
              + trust(price)
              + "}");
    }
  }

  private void fit(FitQuality fit) {
    line("  - metric: " + fit.metric());
    line("    coefficients: " + fit.coefficients());
    line("    rows: " + fit.rows());
    line("    mean_error: " + fraction(fit.meanError()));
    line("    largest_error: " + fraction(fit.largestError()));
    fit.rankCorrelation().ifPresent(rho -> line("    rank_correlation: " + fraction(rho)));
    line("    format_left_out: " + fraction(fit.formatLeftOut()));
    line("    unit_left_out: " + fraction(fit.unitLeftOut()));
  }

  private static String fraction(double value) {
    return Double.toString(value);
  }

  private String trust(Price price) {
    String key = sources.computeIfAbsent(price.source(), text -> "source" + (sources.size() + 1));
    return ", source: "
        + key
        + ", provenance: "
        + price.provenance().name().toLowerCase(Locale.ROOT);
  }

  private static String number(Price price) {
    return Double.toString(price.value());
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private void line(String text) {
    body.append(text).append('\n');
  }
}

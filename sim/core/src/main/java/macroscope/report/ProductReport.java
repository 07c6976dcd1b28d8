package macroscope.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import macroscope.workload.Gemm;

/**
 * What a matrix product takes on a machine of any kind.
 *
 * @param machine its name
 * @param description its size and clock in a line
 * @param gemm the product
 * @param hertz clock
 * @param cycles from the first operand to the last result
 * @param peakMacsPerSecond of the units that multiply; empty if the machine's model does not say it
 * @param bound what most of the time goes to
 * @param mapping how the product is cut: name and value
 * @param parts the cycles by cause; their sum is {@code cycles}
 * @param levels where bytes are read and written, from the units outwards
 * @param bandwidth bytes a second of external memory; empty if it never limits
 * @param trace what occupies what, when
 */
public record ProductReport(
    String machine,
    String description,
    Gemm gemm,
    double hertz,
    double cycles,
    Optional<Double> peakMacsPerSecond,
    String bound,
    List<Named> mapping,
    List<Part> parts,
    List<Level> levels,
    Optional<Double> bandwidth,
    List<ChromeTrace.Event> trace) {

  /** A property in words. */
  public record Named(String name, String value) {}

  /**
   * Cycles of a cause.
   *
   * @param cause in words
   * @param cycles of it
   * @param unitCycles the same for each unit, where units are counted: those of an array
   */
  public record Part(String cause, double cycles, Optional<Long> unitCycles) {}

  /**
   * A memory.
   *
   * @param name registers, an SRAM, a cache, DRAM
   * @param bytes read and written
   * @param picojoules what they cost, where they have a price
   */
  public record Level(String name, double bytes, Optional<Double> picojoules) {}

  /** The name of the level that a roofline is drawn for. */
  public static final String EXTERNAL = "DRAM";

  private static final List<String> COLUMNS = List.of("section", "quantity", "value", "unit");

  public ProductReport {
    mapping = List.copyOf(mapping);
    parts = List.copyOf(parts);
    levels = List.copyOf(levels);
    trace = List.copyOf(trace);
  }

  /** The same whose operands have these formats: of activations, then of weights. */
  public ProductReport withFormats(String a, String b) {
    List<Named> named = new ArrayList<>();
    named.add(new Named("activations", a));
    named.add(new Named("weights", b));
    named.addAll(mapping);
    return new ProductReport(
        machine,
        description + ", " + gemm + ", " + b + " by " + a,
        gemm,
        hertz,
        cycles,
        peakMacsPerSecond,
        bound,
        named,
        parts,
        levels,
        bandwidth,
        trace);
  }

  /** Time of the product. */
  public double seconds() {
    return cycles / hertz;
  }

  /** Multiply-accumulates done, as a fraction of those that the units could do in that time. */
  public Optional<Double> utilisation() {
    return peakMacsPerSecond.map(peak -> gemm.macs() / (seconds() * peak));
  }

  /** Operations for each byte of a level. */
  private double intensity(Level level) {
    return 2.0 * gemm.macs() / level.bytes();
  }

  private double operationsPerSecond() {
    return 2.0 * gemm.macs() / seconds();
  }

  /** One row a number. */
  public Listing listing() {
    List<List<Object>> rows = new ArrayList<>();
    rows.add(List.of("time", "cycles", rounded(cycles), "cycles"));
    rows.add(List.of("time", "time", rounded(seconds() * 1e6), "us"));
    rows.add(List.of("time", "multiply-accumulates", gemm.macs(), ""));
    utilisation()
        .ifPresent(part -> rows.add(List.of("time", "utilisation", rounded(100 * part), "%")));
    rows.add(List.of("time", "bound by", bound, ""));
    mapping.forEach(one -> rows.add(List.of("mapping", one.name(), one.value(), "")));
    for (Part part : parts) {
      rows.add(List.of("cycles", part.cause(), rounded(part.cycles()), "cycles"));
      part.unitCycles()
          .ifPresent(count -> rows.add(List.of("unit cycles", part.cause(), count, "cycles")));
    }
    levels.forEach(level -> rows.add(List.of("bytes", level.name(), rounded(level.bytes()), "B")));
    for (Level level : levels) {
      level
          .picojoules()
          .ifPresent(pj -> rows.add(List.of("energy", level.name(), rounded(pj), "pJ")));
    }
    return new Listing(COLUMNS, rows);
  }

  /** What the cycles go to. */
  public Listing causes() {
    List<List<Object>> rows = new ArrayList<>();
    for (Part part : parts) {
      rows.add(
          List.of(
              part.cause(),
              rounded(part.cycles()),
              rounded(100 * part.cycles() / cycles),
              part.unitCycles().map(Object.class::cast).orElse("")));
    }
    return new Listing(List.of("cause", "cycles", "percent", "unit_cycles"), rows);
  }

  /** Bytes and energy of each memory, and what its bandwidth or the units allow at most. */
  public Listing memories() {
    List<List<Object>> rows = new ArrayList<>();
    for (Level level : levels) {
      if (level.bytes() == 0) {
        rows.add(List.of(level.name(), 0, picojoules(level), "", "", ""));
        continue;
      }
      boolean external = level.name().equals(EXTERNAL);
      Optional<Double> roof = roofline().map(r -> external ? r.roof(intensity(level)) : r.peak());
      rows.add(
          List.of(
              level.name(),
              rounded(level.bytes()),
              picojoules(level),
              rounded(intensity(level)),
              rounded(operationsPerSecond() / 1e12),
              roof.map(most -> rounded(most / 1e12)).orElse("")));
    }
    return new Listing(
        List.of(
            "level",
            "bytes",
            "picojoules",
            "operations_per_byte",
            "teraoperations_per_second",
            "roof_teraoperations_per_second"),
        rows);
  }

  private static Object picojoules(Level level) {
    return level.picojoules().map(ProductReport::rounded).orElse("");
  }

  private Optional<Roofline> roofline() {
    return peakMacsPerSecond.map(peak -> new Roofline(2 * peak, bandwidth));
  }

  /** Why there is no roofline; empty if there is one. */
  public Optional<String> withoutChart() {
    if (chart().isPresent()) {
      return Optional.empty();
    }
    if (peakMacsPerSecond.isEmpty()) {
      return Optional.of("no roofline: the model of the machine has no peak for these formats");
    }
    return bandwidth.isPresent()
        ? Optional.of("no roofline: the product moves no bytes of external memory")
        : Optional.of("no roofline: the model of the machine has no external memory");
  }

  /** Where the product lies beneath what the machine can do; empty if nothing is moved or known. */
  public Optional<ChartData> chart() {
    return levels.stream()
        .filter(level -> level.name().equals(EXTERNAL) && level.bytes() > 0)
        .findFirst()
        .flatMap(level -> roofline().map(roof -> chart(roof, level)));
  }

  private ChartData chart(Roofline roof, Level level) {
    Roofline.Run run =
        new Roofline.Run("product, bound by " + bound, intensity(level), operationsPerSecond());
    return roof.chart(gemm + " on " + machine, description, List.of(run));
  }

  /** The trace in the Chrome trace-event format. */
  public String traceJson() {
    return ChromeTrace.json(machine, trace);
  }

  /** Whole numbers as such. */
  private static Object rounded(double value) {
    double shorter = Double.parseDouble(String.format(Locale.ROOT, "%.12g", value));
    boolean whole = Math.rint(shorter) == shorter && Math.abs(shorter) < 0x1p53;
    return whole ? (Object) (long) shorter : (Object) shorter;
  }
}

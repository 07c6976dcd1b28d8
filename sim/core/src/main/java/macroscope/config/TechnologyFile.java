package macroscope.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import macroscope.cost.CriticalPath;
import macroscope.cost.FitQuality;
import macroscope.cost.MemoryPrices;
import macroscope.cost.Price;
import macroscope.cost.PriceLaw;
import macroscope.cost.PriceTable;
import macroscope.cost.Provenance;
import macroscope.cost.Quantity;
import macroscope.cost.SramPrices;
import macroscope.cost.TechnologyNode;
import macroscope.cost.TechnologyScaling;
import macroscope.hardware.Component;
import macroscope.hardware.Feature;

/**
 * A technology as its YAML file has it. Every price names a source of the {@code sources} table.
 *
 * @param name must be the name of the file
 * @param node technology node
 * @param volts supply voltage
 * @param description what to know before using it
 * @param basedOn a technology of the same node and supply whose prices hold where this one has none
 * @param sources keys and citations
 * @param energy prices of a use in pJ; without it the technology has no energies
 * @param area prices of a part; without it the technology has no areas
 * @param delay prices of a step in ps; without it the technology has no delays
 * @param sram points of energy against capacity
 * @param dram energy of a bit
 * @param dramArea silicon of a bit
 * @param fits how well fitted prices explain what they were fitted on
 * @param place where the file's top is
 */
public record TechnologyFile(
    String name,
    String node,
    double volts,
    String description,
    Optional<String> basedOn,
    Map<String, String> sources,
    Optional<Parts> energy,
    Optional<Parts> area,
    Optional<Parts> delay,
    Optional<List<SramPoint>> sram,
    Optional<MemoryPrice> dram,
    Optional<DramArea> dramArea,
    Optional<List<Fit>> fits,
    Place place) {

  /** Kinds whose lookup tables are counted. */
  private static final List<String> COUNTED =
      List.of("adder", "constant_table", "multiplexer", "negator", "sum_and_difference");

  private static final String ENERGY_UNIT = "pJ";
  private static final String DELAY_UNIT = "ps";

  private static final String MEMORY = "memory";

  /** Prices of parts: by kind, the terms of its law. */
  public record Parts(String unit, Map<String, List<Term>> parts, Place place) {}

  /** A term of a law. {@code how} says how a fitted or derived value came about. */
  public record Term(
      Feature per,
      double value,
      String source,
      Provenance provenance,
      Optional<String> how,
      Place place) {}

  /** Energy of a bit in an SRAM of some capacity. */
  public record SramPoint(
      int kilobytes,
      double picojoulesPerBit,
      String source,
      Provenance provenance,
      Optional<String> how,
      Place place) {}

  /** Energy of a bit to or from external memory. */
  public record MemoryPrice(
      double picojoulesPerBit,
      String source,
      Provenance provenance,
      Optional<String> how,
      Place place) {}

  /** Silicon of a bit of external memory. */
  public record DramArea(
      double squareMicrometresPerBit,
      String source,
      Provenance provenance,
      Optional<String> how,
      Place place) {}

  /** Quality of the fit of one column of synthesis results; errors are fractions. */
  public record Fit(
      String metric,
      int coefficients,
      int rows,
      double meanError,
      double largestError,
      Optional<Double> rankCorrelation,
      double formatLeftOut,
      double unitLeftOut,
      Place place) {
    FitQuality quality() {
      return new FitQuality(
          metric,
          coefficients,
          rows,
          meanError,
          largestError,
          rankCorrelation.map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
          formatLeftOut,
          unitLeftOut);
    }
  }

  /** The technology of a file. */
  public static TechnologyNode read(Path file) {
    return Yaml.read(file, TechnologyFile.class).technology();
  }

  /**
   * The technology of a shipped name or of a path; with {@code @16nm} or {@code @16nm:0.8V} behind it,
   * scaled to that node and supply ({@link TechnologyScaling}).
   */
  public static TechnologyNode find(String nameOrPath) {
    return TechnologySpelling.of(nameOrPath).technology();
  }

  /** The file that the prices of a name or path come from, scaled or not. */
  static Path file(String nameOrPath) {
    return TechnologySpelling.of(nameOrPath).file();
  }

  /** The technologies that come with Macroscope. */
  public static ConfigFolder shipped() {
    return ConfigFolder.shipped("technologies", "technology");
  }

  /** The technology that this describes. */
  public TechnologyNode technology() {
    return basedOn.map(base -> place.checked(() -> own().over(base(base)))).orElseGet(this::own);
  }

  private TechnologyNode base(String base) {
    TechnologyFile file = Yaml.read(shipped().resolve(base), TechnologyFile.class);
    if (file.basedOn().isPresent()) {
      throw place.refuse("based_on must be a technology that is based on no other: " + base);
    }
    if (!file.node().equals(node) || file.volts() != volts) {
      throw place.refuse("based_on must be of " + node + " and " + volts + " V: " + base);
    }
    return file.own();
  }

  private TechnologyNode own() {
    Map<Quantity, PriceTable> tables = new EnumMap<>(Quantity.class);
    energy.ifPresent(parts -> tables.put(Quantity.ENERGY, table(inUnit(ENERGY_UNIT, parts))));
    area.ifPresent(parts -> tables.put(Quantity.AREA, table(parts)));
    delay.ifPresent(parts -> tables.put(Quantity.DELAY, delays(inUnit(DELAY_UNIT, parts))));
    return new TechnologyNode(
        name,
        node,
        volts,
        description,
        tables,
        new MemoryPrices(sram.map(this::sram), dram.map(this::dram), dramArea.map(this::area)),
        fits.orElse(List.of()).stream().map(Fit::quality).toList());
  }

  private static Parts inUnit(String unit, Parts parts) {
    if (!parts.unit().equals(unit)) {
      String quantity = unit.equals(ENERGY_UNIT) ? "energy" : "delay";
      throw parts.place().refuse("unit of " + quantity + " must be " + unit + ": " + parts.unit());
    }
    return parts;
  }

  /** Delays are of steps alone, of each kind of part and of a bit that a carry runs through. */
  private PriceTable delays(Parts parts) {
    List<String> kinds = new ArrayList<>(Component.KINDS);
    kinds.add(CriticalPath.CARRY);
    for (String kind : kinds) {
      if (!parts.parts().containsKey(kind)) {
        throw parts.place().refuse("delay needs a price of every part, and has none of " + kind);
      }
    }
    parts.parts().values().stream()
        .flatMap(List::stream)
        .filter(term -> term.per() != Feature.LEVEL)
        .findFirst()
        .ifPresent(
            term -> {
              throw term.place().refuse("delay must be per level");
            });
    return table(parts, kinds);
  }

  private Price dram(MemoryPrice p) {
    return price(p.picojoulesPerBit(), ENERGY_UNIT, p.source(), p.how(), p.provenance(), p.place());
  }

  private Price area(DramArea p) {
    return price(
        p.squareMicrometresPerBit(), "um2", p.source(), p.how(), p.provenance(), p.place());
  }

  private PriceTable table(Parts parts) {
    List<String> kinds = new ArrayList<>(Component.KINDS);
    kinds.addAll(Component.HARD_KINDS);
    return table(parts, kinds);
  }

  private PriceTable table(Parts parts, List<String> kinds) {
    Map<String, PriceLaw> laws = new HashMap<>();
    parts.parts().forEach((kind, terms) -> laws.put(kind, law(kind, terms, parts, kinds)));
    if (parts.unit().equals(ENERGY_UNIT) && laws.containsKey(MEMORY)) {
      throw parts.place().refuse("energies of memories are given under sram, by their capacity");
    }
    return new PriceTable(parts.unit(), laws);
  }

  private PriceLaw law(String kind, List<Term> terms, Parts parts, List<String> kinds) {
    Place at = terms.get(0).place();
    if (!kinds.contains(kind)) {
      throw at.refuse("unknown part " + kind + Names.hint(kind, kinds));
    }
    List<PriceLaw.Term> law = new ArrayList<>();
    for (Term t : terms) {
      if (t.per() == Feature.CARRIES && !kind.equals("multiplier")) {
        throw t.place().refuse("only a multiplier has carries: " + kind);
      }
      if (t.per() == Feature.FUNCTIONS && !COUNTED.contains(kind)) {
        throw t.place().refuse("only " + String.join(", ", COUNTED) + " have functions: " + kind);
      }
      Price price = price(t.value(), parts.unit(), t.source(), t.how(), t.provenance(), t.place());
      law.add(new PriceLaw.Term(t.per(), price));
    }
    return at.checked(() -> new PriceLaw(law));
  }

  private SramPrices sram(List<SramPoint> points) {
    Place at = points.get(0).place();
    List<SramPrices.Point> prices = new ArrayList<>();
    for (SramPoint p : points) {
      Price price =
          price(p.picojoulesPerBit(), ENERGY_UNIT, p.source(), p.how(), p.provenance(), p.place());
      prices.add(p.place().checked(() -> new SramPrices.Point(1024L * p.kilobytes(), price)));
    }
    return at.checked(() -> new SramPrices(prices));
  }

  private Price price(
      double value,
      String unit,
      String source,
      Optional<String> how,
      Provenance provenance,
      Place at) {
    String citation = sources.get(source);
    if (citation == null) {
      throw at.refuse("unknown source " + source + Names.hint(source, sources.keySet()));
    }
    String text = citation + how.map(h -> "; " + h).orElse("");
    return at.checked(() -> new Price(value, unit, node, volts, text, provenance));
  }
}

package macroscope.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import macroscope.cost.Price;
import macroscope.cost.PriceLaw;
import macroscope.cost.PriceTable;
import macroscope.cost.Provenance;
import macroscope.cost.SramPrices;
import macroscope.cost.TechnologyNode;
import macroscope.hardware.Component;
import macroscope.hardware.Feature;

/**
 * A technology as its YAML file has it. Every price names a source of the {@code sources} table.
 *
 * @param name must be the name of the file
 * @param node technology node
 * @param volts supply voltage
 * @param description what to know before using it
 * @param sources keys and citations
 * @param energy prices of a use in pJ; without it the technology has no energies
 * @param area prices of a part; without it the technology has no areas
 * @param sram points of energy against capacity
 * @param dram energy of a bit
 * @param place where the file's top is
 */
public record TechnologyFile(
    String name,
    String node,
    double volts,
    String description,
    Map<String, String> sources,
    Optional<Parts> energy,
    Optional<Parts> area,
    Optional<List<SramPoint>> sram,
    Optional<MemoryPrice> dram,
    Place place) {

  private static final String ENERGY_UNIT = "pJ";

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

  /** The technology of a file. */
  public static TechnologyNode read(Path file) {
    return Yaml.read(file, TechnologyFile.class).technology();
  }

  /** The technology of a shipped name or of a path. */
  public static TechnologyNode find(String nameOrPath) {
    return read(shipped().resolve(nameOrPath));
  }

  /** The technologies that come with Macroscope. */
  public static ConfigFolder shipped() {
    return ConfigFolder.shipped("technologies", "technology");
  }

  /** The technology that this describes. */
  public TechnologyNode technology() {
    energy.ifPresent(
        parts -> {
          if (!parts.unit().equals(ENERGY_UNIT)) {
            throw parts.place().refuse("unit of energy must be pJ: " + parts.unit());
          }
        });
    return new TechnologyNode(
        name,
        node,
        volts,
        description,
        energy.map(this::table),
        area.map(this::table),
        sram.map(this::sram),
        dram.map(
            p ->
                price(
                    p.picojoulesPerBit(),
                    ENERGY_UNIT,
                    p.source(),
                    p.how(),
                    p.provenance(),
                    p.place())));
  }

  private PriceTable table(Parts parts) {
    Map<String, PriceLaw> laws = new HashMap<>();
    parts.parts().forEach((kind, terms) -> laws.put(kind, law(kind, terms, parts)));
    if (parts.unit().equals(ENERGY_UNIT) && laws.containsKey(MEMORY)) {
      throw parts.place().refuse("energies of memories are given under sram, by their capacity");
    }
    return new PriceTable(parts.unit(), laws);
  }

  private PriceLaw law(String kind, List<Term> terms, Parts parts) {
    Place at = terms.get(0).place();
    if (!Component.KINDS.contains(kind) && !Component.HARD_KINDS.contains(kind)) {
      throw at.refuse("unknown part " + kind + Names.hint(kind, Component.KINDS));
    }
    List<PriceLaw.Term> law = new ArrayList<>();
    for (Term t : terms) {
      if (t.per() == Feature.CARRIES && !kind.equals("multiplier")) {
        throw t.place().refuse("only a multiplier has carries: " + kind);
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

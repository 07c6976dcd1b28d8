package macroscope.cost;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A technology moved to another node, each class of parts by what was published of it: tables of
 * different nodes do not follow one curve. Energies of logic follow the tables of Horowitz (45 nm) and
 * Jouppi et al. (7 nm), apart for multipliers, adders and the rest; those of an SRAM the same tables at
 * its capacity; areas of logic Stillmaker and Baas; areas of SRAM the cells of foundries; delays the
 * node. External memory keeps its price.
 *
 * @param from node of the prices, in nanometres
 * @param to node wanted
 * @param fromVolts supply of the prices
 * @param toVolts supply wanted
 */
public record TechnologyScaling(double from, double to, double fromVolts, double toVolts) {

  private static final Pattern NODE = Pattern.compile("(\\d+) nm");

  private static final double OLD_NODE = 45;
  private static final double NEW_NODE = 7;

  private static final String TABLES =
      "Horowitz, ISSCC 2014 (45 nm), against Jouppi et al., ISCA 2021, Table 2 (7 nm)";

  /** int8: 0.2 pJ and 0.07 pJ. */
  private static final NodeCurve MULTIPLIERS =
      tables(0.2, 0.07, "int8 mult", Provenance.SECOND_HAND);

  /** int8: 0.03 pJ and 0.007 pJ. Registers have no published figure and follow adders. */
  private static final NodeCurve ADDERS = tables(0.03, 0.007, "int8 add", Provenance.SECOND_HAND);

  /** A NAND2 of fp16 and fp32 adders less their integer adders, as the files of both nodes derive it. */
  private static final NodeCurve ALIGNERS =
      tables(0.000530, 0.000204, "fp add less its integer adder", Provenance.MEMORY);

  /** Supplies of the two tables: stated, and nominal. */
  private static final NodeCurve SUPPLY =
      new NodeCurve(Map.of(OLD_NODE, 0.9, NEW_NODE, 0.75), TABLES, Provenance.MEMORY);

  /** Picojoules for 64 bits: 8 KB, 32 KB, 1 MB. */
  private static final long[] SRAM_BYTES = {8 << 10, 32 << 10, 1 << 20};

  private static final double[] SRAM_OLD = {10, 20, 100};
  private static final double[] SRAM_NEW = {7.5, 8.5, 14};

  private static final NodeCurve LOGIC_AREA =
      new NodeCurve(
          Map.of(45.0, 1.0, 32.0, 0.46, 20.0, 0.21, 16.0, 0.19, 14.0, 0.17, 10.0, 0.10, 7.0, 0.059),
          "Stillmaker and Baas, Integration 58, 2017, area factors",
          Provenance.SECOND_HAND);

  /**
   * Square micrometres of a cell: 0.027 at 7 nm (Chang et al., ISSCC 2017, 12.1), whose test chip is 0.34
   * times that at 16 nm; 0.346 at 45 nm from memory.
   */
  private static final NodeCurve SRAM_AREA =
      new NodeCurve(
          Map.of(45.0, 0.346, 16.0, 0.027 / 0.34, 7.0, 0.027),
          "SRAM cells: 0.346 um2 at 45 nm, 0.079 at 16 nm, 0.027 at 7 nm (Chang et al., ISSCC 2017)",
          Provenance.MEMORY);

  private static final NodeCurve GATE_DELAY =
      new NodeCurve(
          Map.of(OLD_NODE, OLD_NODE, NEW_NODE, NEW_NODE),
          "gate delays in proportion to the node (Ho, Mai, Horowitz, Proc. IEEE 89, 2001)",
          Provenance.MEMORY);

  private static NodeCurve tables(double old, double young, String row, Provenance provenance) {
    return new NodeCurve(Map.of(OLD_NODE, old, NEW_NODE, young), TABLES + ", " + row, provenance);
  }

  public TechnologyScaling {
    if (!(from >= NEW_NODE && from <= OLD_NODE && to >= NEW_NODE && to <= OLD_NODE)) {
      throw new IllegalArgumentException("nodes must be 7..45 nm: from " + from + " to " + to);
    }
    if (!(toVolts >= 0.4 && toVolts <= 1.5)) {
      throw new IllegalArgumentException("volts must be 0.4..1.5: " + toVolts);
    }
  }

  /**
   * A technology at another node.
   *
   * @param nanometres 7 to 45, as the technology's own node
   * @param volts supply; if empty, that of the technology, lowered or raised as the published tables do
   * @throws IllegalArgumentException if the technology's node or units cannot be scaled
   */
  public static TechnologyNode scaled(
      TechnologyNode technology, double nanometres, OptionalDouble volts) {
    double from = nanometres(technology);
    technology
        .area()
        .map(PriceTable::unit)
        .filter(unit -> !unit.equals("um2"))
        .ifPresent(
            unit -> {
              throw new IllegalArgumentException(
                  "areas of " + technology.name() + " are counts and cannot be scaled: " + unit);
            });
    double nominal = technology.volts() * supplyRatio(from, nanometres);
    double supply = volts.orElse(Math.rint(nominal * 1000) / 1000);
    return new TechnologyScaling(from, nanometres, technology.volts(), supply).of(technology);
  }

  private static double supplyRatio(double from, double to) {
    new TechnologyScaling(from, to, 1, 1);
    return SUPPLY.ratio(from, to);
  }

  private static double nanometres(TechnologyNode technology) {
    Matcher matcher = NODE.matcher(technology.node());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "node of "
              + technology.name()
              + " must be in nanometres to be scaled: "
              + technology.node());
    }
    return Double.parseDouble(matcher.group(1));
  }

  private TechnologyNode of(TechnologyNode technology) {
    Map<Quantity, PriceTable> tables = new EnumMap<>(Quantity.class);
    technology.tables().forEach((quantity, table) -> tables.put(quantity, of(quantity, table)));
    MemoryPrices memories = technology.memories();
    return new TechnologyNode(
        String.format(Locale.ROOT, "%s@%snm:%sV", technology.name(), shown(to), shown(toVolts)),
        node(),
        toVolts,
        technology.description() + " Scaled from " + technology.node() + ".",
        tables,
        new MemoryPrices(
            memories.sram().map(this::of), memories.dramPerBit(), memories.dramAreaPerBit()),
        List.of());
  }

  /** A table of energies at another supply, by its square, on the same node. */
  public static PriceTable atVolts(PriceTable energies, double from, double to) {
    double factor = to / from * (to / from);
    String how = String.format(Locale.ROOT, "; times (%s V / %s V)^2", shown(to), shown(from));
    return mapped(
        energies,
        kind ->
            price ->
                new Price(
                    rounded(price.value() * factor),
                    price.unit(),
                    price.node(),
                    to,
                    price.source() + how,
                    worse(price.provenance(), Provenance.FITTED)));
  }

  private PriceTable of(Quantity quantity, PriceTable table) {
    return mapped(table, kind -> price -> of(price, curve(quantity, kind), supply(quantity)));
  }

  private static PriceTable mapped(
      PriceTable table, Function<String, Function<Price, Price>> with) {
    Map<String, PriceLaw> laws = new HashMap<>();
    table
        .laws()
        .forEach(
            (kind, law) -> {
              List<PriceLaw.Term> terms = new ArrayList<>();
              law.terms()
                  .forEach(
                      t ->
                          terms.add(new PriceLaw.Term(t.per(), with.apply(kind).apply(t.price()))));
              laws.put(kind, new PriceLaw(terms));
            });
    return new PriceTable(table.unit(), laws);
  }

  private static NodeCurve curve(Quantity quantity, String kind) {
    return switch (quantity) {
      case AREA -> kind.equals("memory") ? SRAM_AREA : LOGIC_AREA;
      case DELAY -> GATE_DELAY;
      case ENERGY ->
          switch (kind) {
            case "multiplier" -> MULTIPLIERS;
            case "adder", "register", "sum_and_difference" -> ADDERS;
            default -> ALIGNERS;
          };
    };
  }

  /** What the supply does to an energy beyond what it does in the tables: the square of the rest. */
  private double supply(Quantity quantity) {
    double rest = toVolts / (fromVolts * SUPPLY.ratio(from, to));
    return quantity == Quantity.ENERGY ? rest * rest : 1;
  }

  private SramPrices of(SramPrices sram) {
    return new SramPrices(
        sram.points().stream()
            .map(
                point ->
                    new SramPrices.Point(
                        point.bytes(),
                        of(point.perBit(), sramCurve(point.bytes()), supply(Quantity.ENERGY))))
            .toList());
  }

  /** The tables' SRAMs at a capacity, between and beyond their points as {@link SramPrices} has it. */
  private static NodeCurve sramCurve(long bytes) {
    return new NodeCurve(
        Map.of(OLD_NODE, table(SRAM_OLD, bytes), NEW_NODE, table(SRAM_NEW, bytes)),
        TABLES + ", SRAM",
        Provenance.SECOND_HAND);
  }

  private static double table(double[] picojoules, long bytes) {
    List<SramPrices.Point> points = new ArrayList<>();
    for (int i = 0; i < picojoules.length; i++) {
      Price price = new Price(picojoules[i], "pJ", "node", 1, TABLES, Provenance.SECOND_HAND);
      points.add(new SramPrices.Point(SRAM_BYTES[i], price));
    }
    return new SramPrices(points).perBit(bytes).value();
  }

  private Price of(Price price, NodeCurve curve, double supply) {
    double factor = curve.ratio(from, to) * supply;
    String how =
        String.format(
            Locale.ROOT,
            "; %s nm to %s nm times %s: %s",
            shown(from),
            shown(to),
            shown(rounded(factor)),
            curve.source());
    return new Price(
        rounded(price.value() * factor),
        price.unit(),
        node(),
        toVolts,
        price.source() + how,
        worse(price.provenance(), worse(curve.provenance(), Provenance.FITTED)));
  }

  /** The less trusted of two; the order of {@link Provenance} but for fits, which follow look-ups. */
  private static Provenance worse(Provenance a, Provenance b) {
    if (a == Provenance.ASSUMED || b == Provenance.ASSUMED) {
      return Provenance.ASSUMED;
    }
    if (a == Provenance.MEMORY || b == Provenance.MEMORY) {
      return Provenance.MEMORY;
    }
    return a == Provenance.FITTED || b == Provenance.FITTED ? Provenance.FITTED : a;
  }

  private String node() {
    return shown(to) + " nm";
  }

  private static double rounded(double value) {
    return new BigDecimal(value).round(new MathContext(4)).doubleValue();
  }

  private static String shown(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}

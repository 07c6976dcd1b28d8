package macroscope.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import macroscope.cost.Price;
import macroscope.cost.PriceLaw;
import macroscope.cost.PriceTable;
import macroscope.cost.TechnologyNode;

/**
 * One price of a technology.
 *
 * @param quantity energy, area or delay
 * @param part what is priced
 * @param per what the price is multiplied by
 */
record PriceRow(String technology, String quantity, String part, String per, Price price) {

  private static final List<String> HEADS =
      List.of(
          "technology",
          "quantity",
          "part",
          "per",
          "price",
          "unit",
          "volts [V]",
          "provenance",
          "source");

  /** Every price of a technology: parts by quantity, then memories. */
  static List<PriceRow> of(TechnologyNode technology) {
    List<PriceRow> rows = new ArrayList<>();
    technology.energy().ifPresent(table -> rows.addAll(of(technology, "energy", table)));
    technology.area().ifPresent(table -> rows.addAll(of(technology, "area", table)));
    technology.delay().ifPresent(table -> rows.addAll(of(technology, "delay", table)));
    String name = technology.name();
    technology
        .sram()
        .ifPresent(
            sram ->
                sram.points()
                    .forEach(
                        point ->
                            rows.add(
                                new PriceRow(
                                    name,
                                    "energy",
                                    "SRAM of " + point.bytes() / 1024 + " KiB",
                                    "bit",
                                    point.perBit()))));
    technology
        .dramPerBit()
        .ifPresent(dram -> rows.add(new PriceRow(name, "energy", "DRAM", "bit", dram)));
    technology
        .dramAreaPerBit()
        .ifPresent(dram -> rows.add(new PriceRow(name, "area", "DRAM", "bit", dram)));
    return rows;
  }

  private static List<PriceRow> of(TechnologyNode technology, String quantity, PriceTable laws) {
    List<PriceRow> rows = new ArrayList<>();
    laws.sorted()
        .forEach(
            (part, law) -> {
              for (PriceLaw.Term term : law.terms()) {
                String per = term.per().name().toLowerCase(Locale.ROOT);
                rows.add(new PriceRow(technology.name(), quantity, part, per, term.price()));
              }
            });
    return rows;
  }

  /** How far the price can be trusted, in words. */
  String provenance() {
    return price.provenance().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** The prices of technologies with their sources; numbers are exact. */
  static Listing listing(List<TechnologyNode> technologies) {
    return new Listing(
        HEADS, technologies.stream().flatMap(t -> of(t).stream()).map(PriceRow::cells).toList());
  }

  private List<Object> cells() {
    return List.of(
        technology,
        quantity,
        part,
        per,
        price.value(),
        price.unit(),
        price.volts(),
        provenance(),
        price.source());
  }
}

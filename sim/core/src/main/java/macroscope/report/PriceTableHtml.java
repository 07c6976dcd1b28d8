package macroscope.report;

import java.util.List;
import java.util.Locale;
import macroscope.cost.Price;
import macroscope.cost.PriceLaw;
import macroscope.cost.PriceTable;
import macroscope.cost.Provenance;
import macroscope.cost.SramPrices;
import macroscope.cost.TechnologyNode;

/** Every price of a technology with its source; those from memory stand out. */
final class PriceTableHtml {

  private final Html.Table table =
      new Html.Table(List.of("quantity", "part", "per", "price", "unit", "trust", "source"));

  private PriceTableHtml() {}

  static String of(TechnologyNode technology) {
    PriceTableHtml prices = new PriceTableHtml();
    technology.energy().ifPresent(energy -> prices.add("energy", energy));
    technology.area().ifPresent(area -> prices.add("area", area));
    technology.delay().ifPresent(delay -> prices.add("delay", delay));
    technology.sram().ifPresent(prices::add);
    technology.dramPerBit().ifPresent(dram -> prices.add("energy", "DRAM", "bit", dram));
    technology.dramAreaPerBit().ifPresent(dram -> prices.add("area", "DRAM", "bit", dram));
    return prices.table.text();
  }

  private void add(String quantity, PriceTable laws) {
    laws.sorted()
        .forEach(
            (part, law) -> {
              for (PriceLaw.Term term : law.terms()) {
                add(quantity, part, term.per().name().toLowerCase(Locale.ROOT), term.price());
              }
            });
  }

  private void add(SramPrices sram) {
    for (SramPrices.Point point : sram.points()) {
      add("energy", "SRAM of " + point.bytes() / 1024 + " KiB", "bit", point.perBit());
    }
  }

  private void add(String quantity, String part, String per, Price price) {
    String trust = price.provenance().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    table.row(
        List.of(
            quantity,
            part.replace('_', ' '),
            per,
            Numbers.readable(price.value()),
            price.unit(),
            trust,
            price.source()),
        price.provenance() == Provenance.MEMORY ? "memory" : "");
  }
}

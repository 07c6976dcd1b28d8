package macroscope.report;

import java.util.List;
import macroscope.cost.Provenance;
import macroscope.cost.TechnologyNode;

/** Every price of a technology with its source; those from memory stand out. */
final class PriceTableHtml {

  private PriceTableHtml() {}

  static String of(TechnologyNode technology) {
    Html.Table table =
        new Html.Table(List.of("quantity", "part", "per", "price", "unit", "trust", "source"));
    PriceRow.of(technology).forEach(row -> add(table, row));
    return table.text();
  }

  private static void add(Html.Table table, PriceRow row) {
    table.row(
        List.of(
            row.quantity(),
            row.part().replace('_', ' '),
            row.per(),
            Numbers.readable(row.price().value()),
            row.price().unit(),
            row.provenance(),
            row.price().source()),
        row.price().provenance() == Provenance.MEMORY ? "memory" : "");
  }
}

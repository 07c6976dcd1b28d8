package macroscope.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import macroscope.elementwise.RowUnit;
import macroscope.elementwise.RowUnits;
import macroscope.input.InputException;
import macroscope.report.Listing;

/** What is said of units that work on rows of integers, in the columns of all units. */
final class RowUnitListings {

  private RowUnitListings() {}

  /** The unit of a name that is one of a row unit. */
  static RowUnit resolve(String place, String name) {
    try {
      return RowUnits.named(name).orElseThrow();
    } catch (IllegalArgumentException e) {
      throw new InputException(place, String.valueOf(e.getMessage()), e);
    }
  }

  /** A row of a listing with so many columns, the last the source. */
  static List<Object> row(RowUnit unit, int columns) {
    int results = unit.operation().resultBits(unit.inputBits());
    List<Object> row =
        new ArrayList<>(
            List.of(
                unit.name(),
                "rows of integers",
                "int" + unit.inputBits(),
                "",
                "int" + results,
                unit.length()));
    row.addAll(Collections.nCopies(columns - row.size() - 1, ""));
    row.add(RowUnits.find(unit.name()).map(RowUnits.Entry::source).orElse(""));
    return row;
  }

  /** One unit for people: a parameter a line. */
  static Listing details(RowUnit unit) {
    int results = unit.operation().resultBits(unit.inputBits());
    List<List<Object>> rows = new ArrayList<>();
    rows.add(List.of("name", unit.name()));
    rows.add(List.of("element", "int" + unit.inputBits()));
    rows.add(List.of("result", "int" + results));
    rows.add(List.of("elements of a row", String.valueOf(unit.length())));
    RowUnits.find(unit.name()).ifPresent(one -> rows.add(List.of("source", one.source())));
    return new Listing(List.of("parameter", "value"), rows);
  }
}

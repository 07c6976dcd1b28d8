package macroscope.verify;

import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import macroscope.rtl.Twin;
import macroscope.rtl.Twins;
import macroscope.unit.UnitSpec;
import macroscope.unit.Units;

/**
 * Synthesis results of Verilog twins, a unit by its name a row ({@code macroscope rtl synthesize --csv}),
 * beside what the prices of the technologies predict for the parts that the unit's model lists, and the
 * flip-flops that it counts.
 */
final class TwinSynthesisKind implements VectorKind {

  private static final Columns COLUMNS =
      Columns.of("unit", "latency_cycles", "interval_cycles", "lut6", "ff", "nand2_eq")
          .andAnyOther();

  private final SynthesisKind prices;

  TwinSynthesisKind(SynthesisKind prices) {
    this.prices = prices;
  }

  @Override
  public String name() {
    return "twins";
  }

  @Override
  public Columns columns() {
    return COLUMNS;
  }

  @Override
  public boolean exact() {
    return false;
  }

  @Override
  public Outcome replay(VectorRow row) {
    return twin(row.text("unit"))
        .map(Twin::inventory)
        .map(inventory -> prices.predicted(row, inventory))
        .orElseGet(
            () ->
                new Outcome.Unsupported(
                    "unit " + VectorRow.shown(row.text("unit")) + " has no twin"));
  }

  private static Optional<Twin> twin(String name) {
    Function<String, UnitSpec> units = unit -> Units.named(unit).orElseThrow();
    try {
      return Optional.of(Twins.named(name, units));
    } catch (IllegalArgumentException | NoSuchElementException e) {
      return Optional.empty();
    }
  }
}

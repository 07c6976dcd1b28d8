package macroscope.cost;

import java.util.List;
import macroscope.hardware.Activity;
import macroscope.hardware.Component;
import macroscope.hardware.Inventory;

/**
 * The energy of a pass as its data make it. Prices are what published operations take on random
 * operands; a part is charged its price times the toggles at its inputs over those of random codes.
 *
 * <p>A flip-flop's clock costs the same whatever it holds, and so does control logic.
 */
public final class ActivityPricing {

  /**
   * Part of a flip-flop's energy on random data that its clock takes: 0.117 pJ a cycle of 0.176 pJ, of
   * DFFPOSX1 in the Liberty file of osu018 at the least slew: 0.0069 + 0.1103 pJ for the edges of the
   * clock, and for each toggle, every other cycle, 0.0669 pJ at D and 0.0510 pJ at Q (25 fF).
   */
  public static final double CLOCK_SHARE = 0.665;

  private ActivityPricing() {}

  /**
   * The energy of a pass whose activity is {@code relative} to that of random codes.
   *
   * @param pass energy of a pass on random data
   */
  public static CostReport onData(CostReport pass, Activity relative) {
    if (pass.quantity() != Quantity.ENERGY) {
      throw new IllegalArgumentException("quantity must be energy: " + pass.quantity());
    }
    List<CostReport.Line> lines =
        pass.lines().stream()
            .map(
                line ->
                    new CostReport.Line(
                        line.part(), line.cost() * factor(line.part(), relative), line.law()))
            .toList();
    return new CostReport(pass.quantity(), pass.unit(), lines);
  }

  private static double factor(Inventory.Line part, Activity relative) {
    double toggles = toggles(part, relative);
    return part.component() instanceof Component.Register
        ? CLOCK_SHARE + (1 - CLOCK_SHARE) * toggles
        : toggles;
  }

  /** The place where a part reads its inputs. */
  private static double toggles(Inventory.Line part, Activity relative) {
    return switch (part.role()) {
      case STORAGE, MULTIPLIER, TABLE -> relative.operands();
      case ALIGNER_AND_TREE ->
          part.component() instanceof Component.Shifter ? relative.products() : relative.terms();
      case ACCUMULATOR, QUANTIZER -> relative.sums();
      case CONTROL -> 1;
    };
  }
}

package macroscope.unit;

import java.util.Optional;
import macroscope.hardware.Widths;

/**
 * Parameters of a unit whose sums are promoted: every {@code interval} products what the unit has
 * added, from zero, is added to a binary32 accumulator outside it, one IEEE addition rounded to
 * nearest even (DeepSeek-V3, arXiv 2412.19437, section 3.3.2: 128 products, four WGMMA, on FP8 tensor
 * cores of Hopper).
 *
 * @param name descriptive name
 * @param unit the unit that adds products, with a float accumulator that binary32 holds
 * @param interval products between two promotions, counted from the first k of a sum
 */
public record PromotedSpec(String name, UnitSpec unit, int interval) implements UnitSpec {

  public PromotedSpec {
    Widths.inRange("promotion interval", interval, 1, 1 << 20);
  }

  @Override
  public Optional<UnitSpec> base() {
    return Optional.of(unit);
  }
}

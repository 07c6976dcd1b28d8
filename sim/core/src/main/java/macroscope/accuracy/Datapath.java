package macroscope.accuracy;

import java.util.Optional;
import macroscope.unit.DotProductUnit;

/**
 * What multiplies.
 *
 * @param unit the hardware; empty for exact sums
 */
public record Datapath(Optional<DotProductUnit<?>> unit) {

  /** How users name exact sums. */
  public static final String EXACT = "exact";

  /** The name of the unit, or {@value #EXACT}. */
  public String name() {
    return unit.map(u -> u.spec().name()).orElse(EXACT);
  }

  /** All that decides its bits. */
  String parameters() {
    return unit.map(u -> u.spec().toString()).orElse(EXACT);
  }
}

package macroscope.rtl;

import macroscope.unit.BlockScaledDotSpec;
import macroscope.unit.FusedDotSpec;
import macroscope.unit.IntegerMacSpec;
import macroscope.unit.KulischSpec;
import macroscope.unit.UnitSpec;
import macroscope.unit.Units;

/** The catalogue of twins: which module of the Verilog library a unit is. */
public final class Twins {

  private Twins() {}

  /**
   * The twin of a unit.
   *
   * @throws IllegalArgumentException if there is none, saying which units have one
   */
  public static Twin of(UnitSpec spec) {
    if (spec instanceof IntegerMacSpec s) {
      return IntegerMacTwin.of(s, Units.create(s));
    }
    if (spec instanceof KulischSpec s) {
      return KulischTwin.of(s, Units.create(s));
    }
    if (spec instanceof FusedDotSpec s) {
      return FusedDotTwin.of(s, Units.create(s));
    }
    if (spec instanceof BlockScaledDotSpec s) {
      return BlockScaledDotTwin.of(s, Units.create(s));
    }
    throw new IllegalArgumentException(
        spec.name()
            + " has no Verilog twin; units of the families integer_mac, kulisch, fused and block_scaled have");
  }
}

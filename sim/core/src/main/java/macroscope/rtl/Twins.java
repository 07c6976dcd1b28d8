package macroscope.rtl;

import macroscope.unit.IntegerMacSpec;
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
    throw new IllegalArgumentException(
        spec.name() + " has no Verilog twin; units of the family integer_mac have");
  }
}

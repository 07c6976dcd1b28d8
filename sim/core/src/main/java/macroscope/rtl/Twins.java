package macroscope.rtl;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import macroscope.unit.BitSerialSpec;
import macroscope.unit.BlockScaledDotSpec;
import macroscope.unit.DequantizedSpec;
import macroscope.unit.FusedDotSpec;
import macroscope.unit.IntegerMacSpec;
import macroscope.unit.KulischSpec;
import macroscope.unit.LogarithmicSumSpec;
import macroscope.unit.MacSpec;
import macroscope.unit.PackedMacSpec;
import macroscope.unit.PipelinedSpec;
import macroscope.unit.TernaryTableSpec;
import macroscope.unit.UnitSpec;
import macroscope.unit.Units;

/** The catalogue of twins: which module of the Verilog library a unit is. */
public final class Twins {

  private static final String NONE = " has no Verilog twin; there are twins of ";

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
    if (spec instanceof PipelinedSpec s) {
      return PipelinedTwin.of(s, Units.create(s));
    }
    return other(spec).orElseThrow(() -> none(spec));
  }

  /**
   * The twin of a name: that of a unit, or of an array as {@link SystolicTwin#name()} has it.
   *
   * @param units the unit of a name
   * @throws IllegalArgumentException if there is none
   */
  public static Twin named(String name, Function<String, UnitSpec> units) {
    Matcher array = SystolicTwin.NAME.matcher(name);
    return array.matches()
        ? array(
            units.apply(array.group("unit")),
            Integer.parseInt(array.group("rows")),
            Integer.parseInt(array.group("columns")))
        : of(units.apply(name));
  }

  /**
   * The twin of an output-stationary array of units.
   *
   * @throws IllegalArgumentException if the units are not integer_mac, or have options
   */
  public static Twin array(UnitSpec spec, int rows, int columns) {
    if (spec instanceof IntegerMacSpec s) {
      return new SystolicTwin(s, rows, columns);
    }
    throw new IllegalArgumentException(
        "units of an array must be integer_mac, without +options: " + spec.name());
  }

  private static IllegalArgumentException none(UnitSpec spec) {
    return new IllegalArgumentException(spec.name() + NONE + TwinFamily.descriptions());
  }

  private static Optional<Twin> other(UnitSpec spec) {
    if (spec instanceof PackedMacSpec s) {
      return PackedMacTwin.of(s);
    }
    if (spec instanceof MacSpec s) {
      return MacTwin.of(s, Units.create(s));
    }
    if (spec instanceof BitSerialSpec s) {
      return BitSerialTwin.of(s, Units.create(s));
    }
    if (spec instanceof TernaryTableSpec s) {
      return Optional.of(TernaryTableTwin.of(s, Units.create(s)));
    }
    if (spec instanceof LogarithmicSumSpec s) {
      return Optional.of(LnsTwin.of(s, Units.create(s)));
    }
    if (spec instanceof DequantizedSpec s) {
      return DequantizedTwin.of(s, Units.create(s));
    }
    return Optional.empty();
  }
}

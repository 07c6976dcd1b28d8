package macroscope.unit;

import java.util.List;
import macroscope.hardware.Component.Adder;
import macroscope.hardware.Component.Maximum;
import macroscope.hardware.Component.Multiplexer;
import macroscope.hardware.Component.Register;
import macroscope.hardware.Inventory;
import macroscope.hardware.InventoryBuilder;
import macroscope.hardware.Pipeline;
import macroscope.hardware.Role;

/** What a unit in the logarithmic number system is built from; tables of constants are selectors. */
public final class LogarithmicSumHardware {

  private LogarithmicSumHardware() {}

  static Inventory inventory(LogarithmicSumSpec spec, int sums, int differences) {
    int bits = spec.accumulator().bits();
    InventoryBuilder parts = new InventoryBuilder().working(spec.length(), 1);
    Register operands = new Register(spec.a().bits() + spec.b().bits());
    parts.add(Role.STORAGE, "operand registers", operands);
    parts.add(Role.MULTIPLIER, "adder of logarithms", new Adder(bits));
    parts.add(Role.ACCUMULATOR, "larger logarithm", new Maximum(bits));
    parts.add(Role.ACCUMULATOR, "difference", new Adder(bits));
    int fraction = spec.accumulator().fractionBits();
    parts.add(Role.TABLE, "logarithms of sums", new Multiplexer(sums, fraction + 1));
    parts.add(Role.TABLE, "logarithms of differences", new Multiplexer(differences, bits));
    parts.add(Role.ACCUMULATOR, "sum", new Adder(bits));
    parts.add(Role.ACCUMULATOR, "saturation", new Multiplexer(3, bits));
    parts.add(Role.ACCUMULATOR, "accumulator register", new Register(bits));
    parts.add(Role.CONTROL, "first-pass flag", new Register(1));
    return parts.build();
  }

  /** A product a cycle. */
  public static Pipeline pipeline(LogarithmicSumSpec spec) {
    return Pipeline.singleStage(List.of("multiply", "compare", "look up", "add"), spec.length());
  }
}

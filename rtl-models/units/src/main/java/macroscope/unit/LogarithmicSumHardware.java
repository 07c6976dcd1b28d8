package macroscope.unit;

import java.util.List;
import java.util.stream.LongStream;
import macroscope.hardware.Component.Adder;
import macroscope.hardware.Component.ConstantTable;
import macroscope.hardware.Component.Multiplexer;
import macroscope.hardware.Component.Negator;
import macroscope.hardware.Component.Register;
import macroscope.hardware.Inventory;
import macroscope.hardware.InventoryBuilder;
import macroscope.hardware.Pipeline;
import macroscope.hardware.Role;

/** What a unit in the logarithmic number system is built from. */
public final class LogarithmicSumHardware {

  private LogarithmicSumHardware() {}

  static Inventory inventory(LogarithmicSumSpec spec, long[] sums, long[] differences) {
    int bits = spec.accumulator().bits();
    InventoryBuilder parts = new InventoryBuilder().working(spec.length(), 1);
    Register operands = new Register(spec.a().bits() + spec.b().bits());
    parts.add(Role.STORAGE, "operand registers", operands);
    parts.add(Role.MULTIPLIER, "adder of logarithms", new Adder(bits));
    parts.add(Role.MULTIPLIER, "saturation of the product", new Multiplexer(3, bits));
    parts.add(Role.ACCUMULATOR, "difference", new Adder(bits));
    parts.add(Role.ACCUMULATOR, "distance", new Negator(bits));
    parts.add(Role.ACCUMULATOR, "larger logarithm", new Multiplexer(2, bits));
    int address = Math.max(1, bits - 1 - spec.cutBits());
    parts.add(Role.TABLE, "logarithms of sums", table(address, sums));
    parts.add(Role.TABLE, "logarithms of differences", table(address, differences));
    parts.add(Role.ACCUMULATOR, "sum or difference", new Multiplexer(2, bits));
    parts.add(Role.ACCUMULATOR, "sum", new Adder(bits));
    parts.add(Role.ACCUMULATOR, "saturation", new Multiplexer(3, bits));
    parts.add(Role.ACCUMULATOR, "sum with zero", new Multiplexer(3, bits));
    parts.add(Role.ACCUMULATOR, "accumulator register", new Register(bits));
    parts.add(Role.CONTROL, "first-pass flag", new Register(1));
    return parts.build();
  }

  /** Magnitudes: logarithms of differences are negative, and the sum subtracts them. */
  private static ConstantTable table(int address, long[] entries) {
    long[] magnitudes =
        LongStream.of(entries).map(e -> e == Long.MIN_VALUE ? 0 : Math.abs(e)).toArray();
    long largest = LongStream.of(magnitudes).max().orElse(0);
    int bits = Math.max(1, Long.SIZE - Long.numberOfLeadingZeros(largest));
    return ConstantTable.of(address, bits, magnitudes);
  }

  /** A product a cycle. */
  public static Pipeline pipeline(LogarithmicSumSpec spec) {
    return Pipeline.singleStage(List.of("multiply", "compare", "look up", "add"), spec.length());
  }
}

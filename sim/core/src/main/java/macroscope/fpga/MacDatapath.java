package macroscope.fpga;

import macroscope.format.FloatFormat;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.hardware.Inventory;
import macroscope.unit.DspPacking;
import macroscope.unit.DspSlice;
import macroscope.unit.IntegerMacHardware;
import macroscope.unit.IntegerMacSpec;
import macroscope.unit.KulischHardware;
import macroscope.unit.PackedMacSpec;
import macroscope.unit.Units;

/** What multiplies and accumulates in the processing elements of a matrix-vector unit. */
public sealed interface MacDatapath {

  /** Input vectors that are multiplied at a time. */
  default int vectors() {
    return 1;
  }

  /** Processing elements that share multipliers. */
  default int elements() {
    return 1;
  }

  /** The DSP slices that it needs, at least. */
  default boolean runsOn(DspSlice slice) {
    return true;
  }

  /**
   * One processing element and one vector, up to its accumulator.
   *
   * @throws IllegalArgumentException if there is none for these formats
   */
  Inventory parts(NumberFormat a, NumberFormat b, int simd, int accumulatorBits);

  /** Integers or minifloats, exact sums, all in logic. */
  record Logic() implements MacDatapath {
    @Override
    public Inventory parts(NumberFormat a, NumberFormat b, int simd, int accumulatorBits) {
      if (a instanceof FloatFormat x && b instanceof FloatFormat y) {
        return KulischHardware.fixedPointInventory(x, y, simd, accumulatorBits);
      }
      if (a instanceof IntegerFormat x && b instanceof IntegerFormat y) {
        int bits = Math.max(accumulatorBits, 8);
        return IntegerMacHardware.inventory(new IntegerMacSpec("PE", x, y, simd, bits, false));
      }
      throw new IllegalArgumentException(
          "operands must both be integers or both floats: " + a.name() + ", " + b.name());
    }
  }

  /** Integers on DSP slices that products share. */
  record Packed(DspPacking packing) implements MacDatapath {
    @Override
    public int vectors() {
      return packing.rows();
    }

    @Override
    public int elements() {
      return packing.columns();
    }

    @Override
    public boolean runsOn(DspSlice slice) {
      return slice.does(packing.slice());
    }

    @Override
    public Inventory parts(NumberFormat a, NumberFormat b, int simd, int accumulatorBits) {
      if (a instanceof IntegerFormat x && b instanceof IntegerFormat y) {
        int bits = Math.max(accumulatorBits, 8);
        return Units.create(new PackedMacSpec("PE", packing, x, y, simd, bits)).inventory();
      }
      throw new IllegalArgumentException(
          "operands of DSP slices must be integers: " + a.name() + ", " + b.name());
    }
  }
}

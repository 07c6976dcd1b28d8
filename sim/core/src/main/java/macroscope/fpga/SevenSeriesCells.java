package macroscope.fpga;

import java.util.function.ToIntFunction;
import macroscope.hardware.Component;
import macroscope.hardware.Inventory;

/**
 * Cells of a Xilinx 7-series device that follow from widths alone, as Yosys' {@code synth_xilinx} takes
 * them: counted, not fitted.
 */
public final class SevenSeriesCells {

  /** Bits of a CARRY4 (UG474). */
  private static final int CARRY_BITS = 4;

  /** Magnitude bits of the ports of a DSP48E1, whose multiplier is signed 25 x 18 (UG479). */
  private static final int WIDE_PORT = 24;

  private static final int NARROW_PORT = 17;

  /**
   * Product bits from which on a multiplier goes to a slice, and its least operand: smaller ones are left
   * to LUTs (Yosys 0.23, synth_xilinx, DSP_Y_MINWIDTH 9 and DSP_B_MINWIDTH 2).
   */
  private static final int LEAST_PRODUCT = 9;

  private static final int LEAST_OPERAND = 2;

  private SevenSeriesCells() {}

  /** DSP48E1 slices of a unit that may have them: those of its multipliers, and slices that it names. */
  public static int dspSlices(Inventory inventory) {
    return count(inventory, SevenSeriesCells::slices);
  }

  private static int slices(Component part) {
    if (part instanceof Component.DspSlice) {
      return 1;
    }
    return part instanceof Component.Multiplier multiplier ? slices(multiplier) : 0;
  }

  private static int slices(Component.Multiplier multiplier) {
    int least = Math.min(multiplier.m(), multiplier.n());
    int most = Math.max(multiplier.m(), multiplier.n());
    boolean small = least < LEAST_OPERAND || least + most < LEAST_PRODUCT;
    return small ? 0 : blocks(most, WIDE_PORT) * blocks(least, NARROW_PORT);
  }

  /** CARRY4 of a unit without DSP slices: one for each four bits that a carry runs through. */
  public static int carries(Inventory inventory) {
    return count(inventory, SevenSeriesCells::carries);
  }

  /** The last row of an array multiplier is an adder; the others are carry-save, in LUTs. */
  private static int carries(Component part) {
    if (part instanceof Component.Multiplier multiplier) {
      int least = Math.min(multiplier.m(), multiplier.n());
      return least < LEAST_OPERAND ? 0 : blocks(multiplier.m() + multiplier.n(), CARRY_BITS);
    }
    int chains = part instanceof Component.SumAndDifference ? 2 : 1;
    return chains * blocks(part.carryBits(), CARRY_BITS);
  }

  private static int blocks(int bits, int each) {
    return (bits + each - 1) / each;
  }

  private static int count(Inventory inventory, ToIntFunction<Component> each) {
    return inventory.lines().stream()
        .mapToInt(line -> line.instances() * each.applyAsInt(line.component()))
        .sum();
  }
}

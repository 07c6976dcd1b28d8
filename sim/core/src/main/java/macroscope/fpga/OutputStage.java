package macroscope.fpga;

import static macroscope.hardware.Role.QUANTIZER;
import static macroscope.hardware.Role.STORAGE;

import macroscope.hardware.Component.Adder;
import macroscope.hardware.Component.LeadingZeroCounter;
import macroscope.hardware.Component.Memory;
import macroscope.hardware.Component.Multiplexer;
import macroscope.hardware.Component.Multiplier;
import macroscope.hardware.Component.Shifter;
import macroscope.hardware.InventoryBuilder;
import macroscope.hardware.Widths;

/** What a matrix-vector unit makes of its sums. */
public sealed interface OutputStage {

  /**
   * The parts behind one processing element.
   *
   * @param accumulatorBits of a sum
   * @param channels rows that the element has in turn, each with parameters of its own
   */
  void addParts(InventoryBuilder parts, int accumulatorBits, int channels);

  /** Sums leave as they are. */
  record Sums() implements OutputStage {
    @Override
    public void addParts(InventoryBuilder parts, int accumulatorBits, int channels) {
      // Nothing stands behind the accumulators.
    }
  }

  /**
   * Codes by comparison with 2^bits - 1 thresholds of each channel, searched in as many pipelined
   * steps as a code has bits (finn-rtllib, thresholding). Any monotone quantizer is such a table,
   * minifloats like integers, with its scale and its activation function in it.
   *
   * @param bits of a code, 1..16
   */
  record Thresholds(int bits) implements OutputStage {
    public Thresholds {
      Widths.inRange("bits of thresholds", bits, 1, 16);
    }

    @Override
    public void addParts(InventoryBuilder parts, int accumulatorBits, int channels) {
      parts.add(QUANTIZER, "threshold comparators", new Adder(accumulatorBits), bits);
      for (int step = 0; step < bits; step++) {
        Memory thresholds = new Memory(channels << step, accumulatorBits);
        parts.add(STORAGE, "thresholds of step " + step, thresholds);
      }
    }
  }

  /**
   * Codes by a multiplication with a scale of each channel, rounded and clamped; a float output is
   * normalised first.
   *
   * @param scaleBits of a scale
   * @param bits of a code
   * @param normalised whether codes are floats
   */
  record Requantization(int scaleBits, int bits, boolean normalised) implements OutputStage {
    public Requantization {
      Widths.inRange("scale bits", scaleBits, 1, 32);
      Widths.inRange("bits of a code", bits, 1, 32);
    }

    @Override
    public void addParts(InventoryBuilder parts, int accumulatorBits, int channels) {
      int product = accumulatorBits + scaleBits;
      parts.add(STORAGE, "scales", new Memory(channels, scaleBits));
      parts.add(QUANTIZER, "scaling", new Multiplier(accumulatorBits, scaleBits));
      if (normalised) {
        parts.add(QUANTIZER, "leading zeros", new LeadingZeroCounter(product));
        parts.add(QUANTIZER, "normalising shifter", new Shifter(product, product - 1));
      }
      parts.add(QUANTIZER, "rounding", new Adder(bits));
      parts.add(QUANTIZER, "clamp", new Multiplexer(3, bits));
    }
  }
}

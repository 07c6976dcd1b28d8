package macroscope.unit;

import macroscope.format.FloatFormat;
import macroscope.hardware.Component.Adder;
import macroscope.hardware.Component.LeadingZeroCounter;
import macroscope.hardware.Component.Maximum;
import macroscope.hardware.Component.Negator;
import macroscope.hardware.Component.Shifter;
import macroscope.hardware.InventoryBuilder;
import macroscope.hardware.Role;
import macroscope.hardware.Widths;

/**
 * What turns fixed point into floating point and has to be there for the numbers that can come: the limit
 * of the left shift only where results can be subnormal, a right shift only where the highest bit can lie
 * below the least exponent, an increment only where bits can be lost, a clamp only where the format
 * can be exceeded.
 *
 * @param number what comes
 * @param output what leaves
 * @param significandBits of the result that are computed
 * @param nearest whether it is rounded to nearest; else it is cut
 */
record Normaliser(PlacedNumber number, FloatFormat output, int significandBits, boolean nearest) {

  /** Guard bit and sticky bit, below a result that is rounded to nearest. */
  private static final int BELOW = 2;

  /** Of a two's complement number. */
  void addTo(InventoryBuilder parts, Role role, String what) {
    parts.add(role, what + ": magnitude", new Negator(number.bits()));
    addUnsignedTo(parts, role, what, 1);
  }

  /** Of numbers that are their own magnitudes. */
  void addUnsignedTo(InventoryBuilder parts, Role role, String what, int instances) {
    int bits = number.bits();
    parts.add(role, what + ": leading zeros", new LeadingZeroCounter(bits), instances);
    if (bits > 1) {
      parts.add(role, what + ": normalising shifter", new Shifter(bits, bits - 1), instances);
    }
    parts.add(role, what + ": exponent", new Adder(output.exponentBits() + 1), instances);
    if (subnormal()) {
      int count = Math.max(1, Widths.ceilLog2(bits + 1));
      parts.add(role, what + ": limit of the shift", new Maximum(count), instances);
    }
    if (underflows()) {
      parts.add(role, what + ": denormalising shifter", denormaliser(), instances);
    }
    if (rounds()) {
      int run = significandBits + output.exponentBits();
      parts.add(role, what + ": rounding", new Adder(run), instances);
    }
    if (number.largestExponent() > output.maxExponent()) {
      parts.add(role, what + ": largest number", new Maximum(output.exponentBits() + 1), instances);
    }
  }

  private boolean subnormal() {
    return number.leastUnit() < output.minExponent();
  }

  private boolean underflows() {
    return number.leastTop() < output.minExponent();
  }

  /** Whether bits of a number can lie below those of the result. */
  private boolean rounds() {
    boolean longer = number.bits() - 1 > significandBits;
    boolean lower = number.leastUnit() < output.minExponent() - significandBits + 1;
    return nearest && (longer || lower);
  }

  /** A result that is cut keeps its width; one that is rounded collects what is shifted out. */
  private Shifter denormaliser() {
    if (nearest) {
      int word = Math.max(number.bits(), significandBits + BELOW);
      return new Shifter(word, word, 2 * word);
    }
    int word = Math.min(number.bits(), significandBits);
    return new Shifter(word, Math.max(1, significandBits - 1), significandBits);
  }
}

package macroscope.unit;

import java.util.Objects;
import macroscope.format.IntegerFormat;
import macroscope.hardware.Sharing;
import macroscope.hardware.Widths;

/**
 * Parameters of lookup tables in SRAM arrays (SAIL, Zhang et al., arXiv 2509.25853): the sums of {@code
 * inputs} neighbouring weights stand in words of an array, those of many outputs side by side; the bits
 * of as many activations, plane by plane, are the address. A batch of activation rows reads each table
 * before it makes way, so that building is shared; a pattern reuse table keeps the words that were read
 * last, so that a pattern that comes back reads nothing.
 *
 * <p>The paper's text was not at hand beyond its abstract: that tables are swept one after another, each
 * by the whole batch, that the reuse table is associative and replaces the word least recently used, and
 * that it is cleared with each table, are choices.
 *
 * @param name descriptive name
 * @param a format of the activations: signed integers of at most 16 bits
 * @param b format of the weights: signed integers of at most 16 bits
 * @param inputs weights whose sums a table has, 1..8
 * @param length products of a pass, a multiple of the inputs; their tables must fit the array
 * @param batch rows of activations that read a table, 1..1024
 * @param reuse words of the pattern reuse table, 0..256; 0 is none
 * @param array its cells
 * @param accessCycles cycles that a read or a write occupies the array, 1..16
 * @param accumulatorBits of the accumulators, which wrap
 */
public record SramTableSpec(
    String name,
    IntegerFormat a,
    IntegerFormat b,
    int inputs,
    int length,
    int batch,
    int reuse,
    Array array,
    int accessCycles,
    int accumulatorBits)
    implements UnitSpec {

  /**
   * An SRAM array of one port.
   *
   * @param wordLines words
   * @param bitLines bits of a word
   */
  public record Array(int wordLines, int bitLines) {
    public Array {
      Widths.inRange("word lines", wordLines, 1, 1 << 16);
      Widths.inRange("bit lines", bitLines, 1, 1 << 16);
    }
  }

  public SramTableSpec {
    Objects.requireNonNull(name, "name");
    Widths.inRange("batch", batch, 1, 1 << 10);
    Widths.inRange("reuse", reuse, 0, 1 << 8);
    Widths.inRange("access cycles", accessCycles, 1, 16);
    Widths.inRange("accumulator bits", accumulatorBits, 8, 63);
    BitSerialSpec sums = sums(name, a, b, inputs, length, accumulatorBits);
    int words = sums.tables() << inputs;
    if (words > array.wordLines()) {
      throw new IllegalArgumentException(
          "tables of a pass take "
              + words
              + " words, word lines must be at least as many: "
              + array.wordLines());
    }
    int entry = BitSerialHardware.entryBits(sums);
    if (entry > array.bitLines()) {
      throw new IllegalArgumentException(
          "bit lines must hold a sum of " + entry + " bits: " + array.bitLines());
    }
  }

  private static BitSerialSpec sums(
      String name, IntegerFormat a, IntegerFormat b, int inputs, int length, int bits) {
    return new BitSerialSpec(
        name,
        a,
        b,
        Sharing.Operand.RIGHT,
        length,
        new BitSerialSpec.Table(inputs, BitSerialSpec.Digits.BINARY, false, false, 0),
        new BitSerialSpec.Exact(),
        BitSerialSpec.PreAlignment.NONE,
        BitSerialSpec.PlaneFactors.POWERS_OF_TWO,
        new IntegerFormat("int" + bits, bits, true, false, 0));
  }

  /** The sums that this computes, as those of tables of weights somewhere else. */
  public BitSerialSpec sums() {
    return sums(name, a, b, inputs, length, accumulatorBits);
  }

  /** Tables of a pass. */
  public int tables() {
    return length / inputs;
  }

  /** Bit planes of an activation. */
  public int planes() {
    return a.bits();
  }

  /** Words of a table that are written: the sum of nothing is not. */
  public int storedWords() {
    return (1 << inputs) - 1;
  }

  /** Bits of a sum in a table. */
  public int entryBits() {
    return BitSerialHardware.entryBits(sums());
  }

  /** Outputs whose sums stand side by side in a word. */
  public int outputs() {
    return array.bitLines() / entryBits();
  }

  /** What a batch does to an array if no pattern is empty and none comes back. */
  public LookupCounts worst() {
    long lookups = (long) batch * tables() * planes();
    return new LookupCounts(batch, lookups, 0, 0, (long) tables() * storedWords());
  }
}

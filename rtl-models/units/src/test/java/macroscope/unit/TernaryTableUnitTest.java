package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.IntStream;
import macroscope.format.Formats;
import macroscope.format.IntegerFormat;
import macroscope.reference.ReferenceIntegerMac;
import macroscope.tensor.EncodedMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TernaryTableUnitTest {

  private static final IntegerFormat INT8 = (IntegerFormat) Formats.canonical("int8");
  private static final IntegerFormat TERNARY = (IntegerFormat) Formats.canonical("ternary");

  /** Activations whose signed sums all differ, at the ends of int8. */
  private static final int[] ACTIVATIONS = {-128, 127, -39, 11};

  @ParameterizedTest
  @EnumSource
  void everyIndexLooksTheSumOfItsWeightsUp(TernaryPacking packing) {
    int inputs = packing.inputs();
    int[] table = new int[packing.entries()];
    packing.fill(ACTIVATIONS, 0, table, 0);
    int seen = 0;
    for (int pattern = 0; pattern < Math.pow(3, inputs); pattern++) {
      byte[] weights = weights(pattern, inputs);
      if (packing == TernaryPacking.SHERRY && zeros(weights) != 1) {
        continue;
      }
      int sum = IntStream.range(0, inputs).map(k -> weights[k] * ACTIVATIONS[k]).sum();
      assertThat(TernaryPacking.lookUp(table, 0, packing.codes(weights)[0])).isEqualTo(sum);
      seen++;
    }
    assertThat(seen)
        .isEqualTo(packing == TernaryPacking.TL1 ? 9 : packing == TernaryPacking.TL2 ? 27 : 32);
  }

  private static byte[] weights(int pattern, int inputs) {
    byte[] weights = new byte[inputs];
    for (int k = 0, rest = pattern; k < inputs; k++, rest /= 3) {
      weights[k] = (byte) (rest % 3 - 1);
    }
    return weights;
  }

  private static long zeros(byte[] weights) {
    return IntStream.range(0, weights.length).filter(k -> weights[k] == 0).count();
  }

  /** Bits of a weight: 2, 5/3 and 5/4. */
  @ParameterizedTest
  @CsvSource({"TL1, 4, 2", "TL2, 5, 3", "SHERRY, 5, 4"})
  void aCodeHasTheBitsThatArePublished(TernaryPacking packing, int bits, int weights) {
    assertThat(new int[] {packing.codeBits(), packing.inputs()}).containsExactly(bits, weights);
  }

  @ParameterizedTest
  @CsvSource({
    "TL1, 2, 32, 50",
    "TL1, 16, 12, 31",
    "TL2, 3, 32, 50",
    "TL2, 24, 20, 100",
    "SHERRY, 4, 32, 48",
    "SHERRY, 8, 9, 60"
  })
  void theResultIsThatOfAMultiplyAccumulateUnit(
      TernaryPacking packing, int length, int bits, int depth) {
    TernaryTableSpec spec = new TernaryTableSpec("t", INT8, packing, length, bits, 0);
    TernaryTableUnit unit = new TernaryTableUnit(spec);
    Random random = new Random(depth);
    long[] x = random.longs(3L * depth, 0, 256).toArray();
    long[] w = new long[2 * depth];
    for (int k = 0; k < w.length; k++) {
      boolean zero = packing == TernaryPacking.SHERRY ? k % 4 == k / 4 % 4 : random.nextInt(3) == 0;
      w[k] = zero ? 0 : random.nextBoolean() ? 1 : 3;
    }
    Accumulators c = Accumulators.zeros(unit.accumulatorFormat(), 3, 2);
    TernaryTableUnit.Operand a = unit.prepareA(TwinCheck.matrix(INT8, 3, depth, x));
    TernaryTableUnit.Operand b = unit.prepareB(TwinCheck.matrix(TERNARY, 2, depth, w));
    unit.gemm(a, b, 0, length, c);
    unit.gemm(a, b, length, depth, c);
    ReferenceIntegerMac mac =
        new ReferenceIntegerMac(new IntegerMacSpec("mac", INT8, TERNARY, 1, bits, false));
    for (int i = 0; i < 6; i++) {
      long[] row =
          IntStream.range(i / 2 * depth, (i / 2 + 1) * depth).mapToLong(k -> x[k]).toArray();
      long[] column =
          IntStream.range(i % 2 * depth, (i % 2 + 1) * depth).mapToLong(k -> w[k]).toArray();
      assertThat(c.codes()[i]).isEqualTo(mac.dot(row, column, 0));
    }
  }

  @Test
  void fourWeightsOfSherryHaveOneZero() {
    EncodedMatrix weights = TwinCheck.matrix(TERNARY, 1, 4, new long[] {1, 0, 0, 3});
    TernaryTableUnit unit =
        new TernaryTableUnit(new TernaryTableSpec("s", INT8, TernaryPacking.SHERRY, 4, 32, 0));
    assertThatThrownBy(() -> unit.prepareB(weights))
        .hasMessage("exactly one of four weights must be 0: 2 are, from weight 0 on");
  }

  @Test
  void weightsThatAreNotTernaryAreRefused() {
    assertThatThrownBy(() -> TernaryPacking.TL1.codes(new byte[] {2, 0}))
        .hasMessage("ternary weights must be -1, 0 or 1: 2");
  }

  @Test
  void aRowThatLeavesAPartOfATripleIsRefused() {
    assertThatThrownBy(() -> TernaryPacking.TL2.codes(new byte[4]))
        .hasMessage("weights of a row must be a multiple of 3: 4");
  }

  @ParameterizedTest
  @CsvSource({
    "bitnet_tl1:length=64",
    "bitnet_tl1:activations=int4",
    "bitnet_tl1:accumulator_bits=24",
    "bitnet_tl1:units_per_table=4",
    "bitnet_tl2",
    "sherry"
  })
  void everyParameterChangesTheHardware(String changed) {
    assertThat(Units.create(Units.named(changed).orElseThrow()).inventory())
        .isNotEqualTo(Units.create(Units.named("bitnet_tl1").orElseThrow()).inventory());
  }
}

package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import macroscope.format.Formats;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Extent;
import macroscope.tensor.Quantizer;
import macroscope.tensor.ScaleLevel;
import macroscope.tensor.ScaleRule;
import macroscope.tensor.TensorFormat;
import macroscope.tensor.TensorFormats;
import macroscope.unit.LookupTableSpec.Aggregation;
import macroscope.unit.LookupTableSpec.NumberSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LookupTableUnitTest {

  private static final IntegerFormat INT4 = new IntegerFormat("int4", 4, true, true, 0);
  private static final IntegerFormat UINT4 = new IntegerFormat("uint4", 4, false, false, 0);

  @ParameterizedTest
  @EnumSource(NumberSystem.class)
  void halfATableAndASignGiveEveryEntry(NumberSystem numbers) {
    byte[] entries = tables(unit(4, 64, 64, numbers), new Random(3), 64, 256).entries();
    for (int table = 0; table < entries.length; table += ActivationTables.ENTRIES) {
      for (int i = 0; i < ActivationTables.ENTRIES / 2; i++) {
        assertThat(entries[table + 15 - i]).isEqualTo((byte) -entries[table + i]);
      }
    }
  }

  /** Sums of 4 * 2^-20: scale 2^-24 (rounded up from 2^-25), whose reciprocal binary16 cannot hold. */
  @Test
  void entriesOfAScaleWithoutReciprocalSaturateAsOnArm() {
    double[] activations = new double[64];
    Arrays.fill(activations, 0, 4, 0x1p-20);
    byte[] entries =
        unit(1, 0, 64, NumberSystem.FP16_NEON).prepareActivations(1, 64, activations).entries();
    byte[] table = Arrays.copyOf(entries, ActivationTables.ENTRIES);
    assertThat(table)
        .containsExactly(-128, -128, -128, 0, -128, 0, 0, 127, -128, 0, 0, 127, 0, 127, 127, 127);
  }

  /** An entry is off by half a quantum at most, so that a plane is by lookups * quantum / 2. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void resultsLieWithinTheQuantizationOfTables(int bits) {
    LookupTableUnit unit = unit(bits, 0, 32, NumberSystem.FP32_AVX2);
    Random random = new Random(bits);
    int inputs = 256;
    double[] activations = random.doubles(inputs, -1, 1).toArray();
    byte[] codes = codes(random, 16 * inputs, bits);
    double[] scales = new double[16];
    Arrays.fill(scales, 0.25);
    ActivationTables tables = unit.prepareActivations(1, inputs, activations);
    WeightPlanes planes = unit.prepareWeights(16, inputs, codes, 0, scales, new double[0]);
    float[] results = results(unit, tables, planes);
    double quanta = 0;
    for (float scale : tables.scales()) {
      quanta += scale * 32 / 4;
    }
    double bound = 0.25 * quanta / 2 * ((1 << bits) - 1) / 2 + 1e-4;
    for (int n = 0; n < results.length; n++) {
      double exact = 0;
      for (int k = 0; k < inputs; k++) {
        exact += 0.25 * activations[k] * (codes[n * inputs + k] - (1 << (bits - 1)));
      }
      assertThat(Math.abs(results[n] - exact)).isLessThan(bound);
    }
  }

  @Test
  void aMatrixOfSignedCodesIsReadAsItsValues() {
    LookupTableUnit unit = unit(4, 64, 64, NumberSystem.FP32_AVX2);
    Random random = new Random(5);
    byte[] codes = codes(random, 3 * 128, 4);
    double[] scales = random.doubles(3 * 2, 0.1, 1).toArray();
    long[] signed = new long[codes.length];
    for (int i = 0; i < codes.length; i++) {
      signed[i] = codes[i] - 8 & 15;
    }
    WeightPlanes matrix = unit.prepareB(weights(INT4, signed, new Extent.Group(64), scales));
    WeightPlanes raw = unit.prepareWeights(3, 128, codes, 64, scales, new double[0]);
    ActivationTables tables = tables(unit, random, 1, 128);
    assertThat(results(unit, tables, matrix)).isEqualTo(results(unit, tables, raw));
  }

  @Test
  void aMatrixOfUnsignedCodesIsReadThroughAZeroPoint() {
    LookupTableUnit unit = unit(4, 64, 64, NumberSystem.FP32_AVX2);
    Random random = new Random(6);
    byte[] codes = codes(random, 3 * 128, 4);
    long[] unsigned = new long[codes.length];
    for (int i = 0; i < codes.length; i++) {
      unsigned[i] = codes[i];
    }
    double[] scales = {0.5, 0.25, 0.125};
    double[] zeros = {-8 * 0.5, -8 * 0.25, -8 * 0.125};
    WeightPlanes matrix = unit.prepareB(weights(UINT4, unsigned, new Extent.Row(), scales));
    WeightPlanes raw = unit.prepareWeights(3, 128, codes, 0, scales, zeros);
    ActivationTables tables = tables(unit, random, 1, 128);
    assertThat(results(unit, tables, matrix)).isEqualTo(results(unit, tables, raw));
  }

  @Test
  void narrowCodesInAWideUnitKeepTheirValues() {
    LookupTableUnit unit = unit(4, 0, 64, NumberSystem.FP32_AVX2);
    IntegerFormat ternary = new IntegerFormat("int2", 2, true, true, 0);
    long[] codes = {1, 3, 0};
    EncodedMatrix weights =
        new EncodedMatrix(new TensorFormat("int2", ternary, List.of()), 3, 1, codes, List.of());
    ActivationTables tables = unit.prepareActivations(1, 1, new double[] {127});
    assertThat(results(unit, tables, unit.prepareB(weights))).containsExactly(127f, -127f, 0f);
  }

  @Test
  void scaledProductsAreInUnitsOfRealValues() {
    LookupTableUnit unit = unit(4, 64, 32, NumberSystem.FP32_AVX2);
    Random random = new Random(7);
    long[] codes = random.longs(3 * 128, 0, 16).toArray();
    double[] scales = random.doubles(3 * 2, 0.1, 1).toArray();
    EncodedMatrix b = weights(INT4, codes, new Extent.Group(64), scales);
    EncodedMatrix a = binary32(random.doubles(2 * 128, -1, 1).toArray(), 2, 128);
    ScaledGemm<LookupTableOperand> gemm = new ScaledGemm<>(unit);
    double[] real = gemm.multiply(gemm.prepareA(a), gemm.prepareB(b));
    float[] direct = results(unit, unit.prepareA(a), unit.prepareB(b));
    assertThat(real).containsExactly(widened(direct));
  }

  @ParameterizedTest
  @EnumSource(NumberSystem.class)
  void anAddendIsAddedInOneRounding(NumberSystem numbers) {
    LookupTableUnit unit = unit(2, 0, 32, numbers);
    Random random = new Random(8);
    ActivationTables tables = tables(unit, random, 1, 64);
    WeightPlanes planes = planes(unit, random, 4, 64);
    float[] products = results(unit, tables, planes);
    NumberFormat format = unit.accumulatorFormat();
    long addend = format.encodeDouble(-3.1, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
    Accumulators c = Accumulators.zeros(format, 1, 4);
    Arrays.fill(c.codes(), addend);
    unit.gemm(tables, planes, 0, 64, c);
    for (int n = 0; n < products.length; n++) {
      double sum = format.decodeDouble(addend) + products[n];
      assertThat(c.codes()[n])
          .isEqualTo(format.encodeDouble(sum, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE));
    }
  }

  @Test
  void rowsOfActivationsDoNotDependOnEachOther() {
    LookupTableUnit unit = unit(3, 0, 32, NumberSystem.FP16_NEON);
    Random random = new Random(9);
    double[] activations = random.doubles(3 * 96, -1, 1).toArray();
    WeightPlanes planes = planes(unit, random, 4, 96);
    float[] all = results(unit, unit.prepareActivations(3, 96, activations), planes);
    double[] last = Arrays.copyOfRange(activations, 2 * 96, 3 * 96);
    assertThat(Arrays.copyOfRange(all, 8, 12))
        .isEqualTo(results(unit, unit.prepareActivations(1, 96, last), planes));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void activationsThatAreNotFiniteLeaveNoFiniteResult(double activation) {
    for (NumberSystem numbers : NumberSystem.values()) {
      LookupTableUnit unit = unit(2, 0, 32, numbers);
      Random random = new Random(10);
      double[] activations = random.doubles(64, -1, 1).toArray();
      activations[40] = activation;
      ActivationTables tables = unit.prepareActivations(1, 64, activations);
      for (float result : results(unit, tables, planes(unit, random, 8, 64))) {
        assertThat(Float.isFinite(result)).isFalse();
      }
    }
  }

  @Test
  void theCorrectedTreeIsCloserToTheExactSumThanUpstreams() {
    double corrected = meanError(Aggregation.FAST_CORRECTED);
    double upstream = meanError(Aggregation.FAST_AS_UPSTREAM);
    assertThat(Math.abs(corrected)).isLessThan(Math.abs(upstream) / 10);
  }

  private static double meanError(Aggregation aggregation) {
    double[] activations = new Random(11).doubles(1024, -1, 1).toArray();
    float[][] results = new float[2][];
    for (Aggregation each : List.of(Aggregation.EXACT, aggregation)) {
      LookupTableUnit unit =
          new LookupTableUnit(new LookupTableSpec("x", 4, 0, 32, 8, NumberSystem.FP16_NEON, each));
      ActivationTables tables = unit.prepareActivations(1, 1024, activations);
      results[each == Aggregation.EXACT ? 0 : 1] =
          results(unit, tables, planes(unit, new Random(12), 256, 1024));
    }
    double sum = 0;
    for (int n = 0; n < results[0].length; n++) {
      sum += results[1][n] - results[0][n];
    }
    return sum / results[0].length;
  }

  /** Each defect on its own: together they are upstream's kernel, on Arm the first one alone is. */
  @Test
  void upstreamsTreeIsThatOfItsDefects() {
    double upstream = meanError(Aggregation.FAST_AS_UPSTREAM);
    assertThat(meanError(Aggregation.FAST_BIAS_DIVISION)).isEqualTo(upstream);
  }

  /** Upstream removes the bias of 16 lookups, so that signed averages alone would make it correct. */
  @Test
  void theBiasOfSixteenLookupsIsRemovedEvenByAnIntegerDivision() {
    assertThat(fast(NumberSystem.FP32_AVX2, Aggregation.FAST_BIAS_DIVISION))
        .isEqualTo(fast(NumberSystem.FP32_AVX2, Aggregation.FAST_CORRECTED));
  }

  @Test
  void onIntelUpstreamsTreeOfSixteenLookupsIsTheUnsignedOne() {
    assertThat(fast(NumberSystem.FP32_AVX2, Aggregation.FAST_UNSIGNED_AVERAGE))
        .isEqualTo(fast(NumberSystem.FP32_AVX2, Aggregation.FAST_AS_UPSTREAM))
        .isNotEqualTo(fast(NumberSystem.FP32_AVX2, Aggregation.FAST_CORRECTED));
  }

  private static float[] fast(NumberSystem numbers, Aggregation aggregation) {
    LookupTableUnit unit =
        new LookupTableUnit(new LookupTableSpec("x", 3, 0, 64, 16, numbers, aggregation));
    return results(
        unit, tables(unit, new Random(21), 1, 256), planes(unit, new Random(22), 8, 256));
  }

  /** The zero terms of T-MAC: (z - 2^(b-1)) * scale. */
  @Test
  void zeroPointsOfAMatrixAreItsZeroTerms() {
    int inputs = 256;
    Random random = new Random(23);
    double[] w = random.doubles(3L * inputs, -0.2, 1).toArray();
    EncodedMatrix b =
        Quantizer.quantize(TensorFormats.parse("uint4:group128:asym:fp16"), w, 3, inputs);
    byte[] codes = new byte[b.codes().length];
    double[] zeros = new double[b.scales(0).length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (byte) b.codes()[i];
      zeros[i / 128] = (b.zeroPoint(i / inputs, i % inputs) - 8) * b.scales(0)[i / 128];
    }
    LookupTableUnit unit = unit(4, 128, 64, NumberSystem.FP32_AVX2);
    ActivationTables tables = tables(unit, random, 1, inputs);
    assertThat(results(unit, tables, unit.prepareB(b)))
        .isEqualTo(
            results(unit, tables, unit.prepareWeights(3, inputs, codes, 128, b.scales(0), zeros)));
  }

  @Test
  void weightsThatAreNoIntegersAreRefused() {
    EncodedMatrix weights = binary32(new double[64], 1, 64);
    assertThatThrownBy(() -> unit(4, 0, 64, NumberSystem.FP32_AVX2).prepareB(weights))
        .hasMessage("weights of a lookup-table unit must be integers of at most 4 bits: binary32");
  }

  @Test
  void scalesFinerThanTheUnitsAreRefused() {
    double[] scales = new double[3 * 2];
    EncodedMatrix weights = weights(INT4, new long[3 * 128], new Extent.Group(64), scales);
    assertThatThrownBy(() -> unit(4, 128, 64, NumberSystem.FP32_AVX2).prepareB(weights))
        .hasMessage("weight scales of the unit cover multiples of 128 inputs: groups of 64");
  }

  @Test
  void aPartOfATileIsRefused() {
    LookupTableUnit unit = unit(4, 0, 64, NumberSystem.FP32_AVX2);
    Random random = new Random(13);
    ActivationTables tables = tables(unit, random, 1, 128);
    WeightPlanes planes = planes(unit, random, 1, 128);
    Accumulators c = Accumulators.zeros(unit.accumulatorFormat(), 1, 1);
    assertThatThrownBy(() -> unit.gemm(tables, planes, 0, 100, c))
        .hasMessage("k must run over whole tiles of 64 inputs: 0..100");
  }

  private static LookupTableUnit unit(
      int bits, int weightGroup, int activationGroup, NumberSystem numbers) {
    return new LookupTableUnit(
        new LookupTableSpec(
            "x", bits, weightGroup, activationGroup, 16, numbers, Aggregation.EXACT));
  }

  private static ActivationTables tables(
      LookupTableUnit unit, Random random, int rows, int inputs) {
    double[] activations = random.doubles((long) rows * inputs, -1, 1).toArray();
    return unit.prepareActivations(rows, inputs, activations);
  }

  private static WeightPlanes planes(LookupTableUnit unit, Random random, int rows, int inputs) {
    byte[] codes = codes(random, rows * inputs, unit.spec().weightBits());
    double[] scales = random.doubles(rows, 0.1, 1).toArray();
    return unit.prepareWeights(rows, inputs, codes, 0, scales, new double[0]);
  }

  private static byte[] codes(Random random, int count, int bits) {
    byte[] codes = new byte[count];
    for (int i = 0; i < count; i++) {
      codes[i] = (byte) random.nextInt(1 << bits);
    }
    return codes;
  }

  private static EncodedMatrix weights(
      IntegerFormat element, long[] codes, Extent extent, double[] scales) {
    ScaleLevel level = new ScaleLevel(extent, Optional.empty(), ScaleRule.ABSMAX);
    TensorFormat format = new TensorFormat(element.name(), element, List.of(level));
    return new EncodedMatrix(format, 3, codes.length / 3, codes, List.of(scales));
  }

  private static EncodedMatrix binary32(double[] values, int rows, int columns) {
    long[] codes =
        Arrays.stream(values)
            .mapToLong(x -> Integer.toUnsignedLong(Float.floatToRawIntBits((float) x)))
            .toArray();
    TensorFormat format = new TensorFormat("binary32", Formats.BINARY32, List.of());
    return new EncodedMatrix(format, rows, columns, codes, List.of());
  }

  private static float[] results(
      LookupTableUnit unit, ActivationTables tables, WeightPlanes planes) {
    Accumulators c = Accumulators.zeros(unit.accumulatorFormat(), tables.rows(), planes.rows());
    unit.gemm(tables, planes, 0, tables.columns(), c);
    float[] results = new float[c.codes().length];
    for (int i = 0; i < results.length; i++) {
      results[i] = (float) c.format().decodeDouble(c.codes()[i]);
    }
    return results;
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}

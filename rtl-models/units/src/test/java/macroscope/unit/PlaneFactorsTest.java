package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import macroscope.format.Formats;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.reference.ReferenceBinaryCoded;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.EncodedPlanes;
import macroscope.tensor.Quantizer;
import macroscope.tensor.TensorFormats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bit-serial units whose planes have real factors: LUT-GEMM, FIGLUT and iFPU on binary-coded weights. */
class PlaneFactorsTest {

  private static final int ROWS = 5;
  private static final int TOKENS = 2;
  private static final int DEPTH = 70;

  private static BitSerialSpec spec(String text) {
    return (BitSerialSpec) Units.named(text).orElseThrow();
  }

  private static double[] gaussian(int seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    return random.doubles(count).map(u -> random.nextGaussian() + 0.1 * u).toArray();
  }

  private static EncodedMatrix weights(String scheme) {
    return Quantizer.quantize(TensorFormats.parse(scheme), gaussian(1, ROWS * DEPTH), ROWS, DEPTH);
  }

  private static EncodedMatrix activations(NumberFormat format) {
    double size = format.bits() == 8 && !format.name().startsWith("e") ? 30 : 1;
    long[] codes =
        Arrays.stream(gaussian(2, TOKENS * DEPTH))
            .mapToLong(
                x -> format.encodeDouble(size * x, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE))
            .toArray();
    return TwinCheck.matrix(format, TOKENS, DEPTH, codes);
  }

  private static long[] results(BitSerialSpec spec, EncodedMatrix a, EncodedMatrix b, long c) {
    BitSerialUnit unit = new BitSerialUnit(spec);
    Accumulators sums = Accumulators.zeros(unit.accumulatorFormat(), a.rows(), b.rows());
    Arrays.fill(sums.codes(), c);
    unit.gemm(unit.prepareA(a), unit.prepareB(b), 0, a.columns(), sums);
    return sums.codes();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lut_gemm:weights=planes3,factors=binary16,factor_inputs=16 | bcq3:group32:fp16",
        "lut_gemm:weights=planes3,factors=binary16 | bcq3:channel:fp16",
        "lut_gemm:weights=planes2,factors=binary16,factor_inputs=32,factor_offset=true,accumulator=binary16"
            + " | bcq2:group32:asym:fp16",
        "lut_gemm:weights=planes2,factors=bfloat16,factor_inputs=16,accumulator=bfloat16,entries=bfloat16"
            + " | bcq2:group16",
        "figlut_f:weights=planes4,factors=binary32,factor_inputs=32,activations=bfloat16 |"
            + " bcq4:group32",
        "figlut_i:weights=planes3,factors=binary16,factor_inputs=32 | bcq3:group32:fp16",
        "figlut_i:weights=planes3,factors=binary16,factor_inputs=32,factor_offset=true,aligned_inputs=16"
            + " | bcq3:group32:asym:fp16",
        "figlut_i:weights=planes3,factors=binary16,factor_inputs=16,aligned_inputs=48 |"
            + " bcq3:group16:fp16",
        "ifpu:weights=planes1,factors=binary16,factor_inputs=16,accumulator=binary16 |"
            + " bcq1:group16:fp16",
        "lut_tensor_core:weights=planes3,factors=binary16,factor_inputs=32 | bcq3:group32:fp16",
        "lut_gemm:weights=planes4,factors=binary16,factor_inputs=32,factor_offset=true |"
            + " bcq4:group32:fp16"
      })
  void resultsAreThoseOfTheTwin(String unit, String scheme) {
    BitSerialSpec spec = spec(unit);
    EncodedMatrix a = activations(spec.a());
    EncodedMatrix b = weights(scheme);
    EncodedPlanes planes = b.planes().orElseThrow();
    long addend =
        spec.accumulator().encodeDouble(0.375, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
    ReferenceBinaryCoded twin = new ReferenceBinaryCoded(spec);
    long[] expected = new long[TOKENS * ROWS];
    for (int at = 0; at < expected.length; at++) {
      int token = at / ROWS;
      long[] x = Arrays.copyOfRange(a.codes(), token * DEPTH, (token + 1) * DEPTH);
      expected[at] = twin.dot(x, planes, at % ROWS, addend);
    }
    assertThat(results(spec, a, b, addend)).isEqualTo(expected);
  }

  /** Uniform integers as LUT-GEMM converts them: with exact sums the product is that of the integers. */
  @ParameterizedTest
  @CsvSource({"int3:group32:fp16, 3", "uint4:group16:asym:fp16, 4", "int2:channel:fp16, 2"})
  void uniformIntegersAreOffsetAndPlanes(String scheme, int planes) {
    BitSerialSpec spec =
        spec(
            "bit_serial:activations=int8,weights=planes"
                + planes
                + ",length=8,table_inputs=8,factors=binary32,factor_offset=true,factor_inputs="
                + (scheme.contains("channel") ? 0 : 16));
    EncodedMatrix a = activations(spec.a());
    EncodedMatrix b = weights(scheme);
    double[] x = a.decode();
    double[] w = b.decode();
    long[] results = results(spec, a, b, 0);
    for (int at = 0; at < results.length; at++) {
      double sum = 0;
      for (int k = 0; k < DEPTH; k++) {
        sum += x[at / ROWS * DEPTH + k] * w[at % ROWS * DEPTH + k];
      }
      double got = Formats.BINARY32.decodeDouble(results[at]);
      assertThat(Math.abs(got - sum)).isLessThan(1e-5 * (1 + Math.abs(sum)));
    }
  }

  @Test
  void factorsBelongToTheUnit() {
    BitSerialUnit unit =
        new BitSerialUnit(spec("lut_gemm:weights=planes3,factors=binary16,factor_inputs=16"));
    assertThat(unit.scaleSupport()).isEqualTo(ScaleSupport.RIGHT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lut_gemm:weights=planes3,factors=binary16,factor_inputs=16 | bcq2:group32:fp16 | planes of"
            + " weights must be 3: 2",
        "lut_gemm:weights=planes3,factors=binary16,factor_inputs=32 | bcq3:group16:fp16 | factors"
            + " of weights must be those of groups that are multiples of 32: 16",
        "lut_gemm:weights=planes3,factors=binary16 | bcq3:group16:fp16 | factors of weights must be"
            + " those of rows: 16",
        "lut_gemm:weights=planes3,factors=binary16 | bcq3:channel:asym | weights have an offset,"
            + " the unit has none: bcq3:channel:asym",
        "lut_gemm:weights=planes3,factors=binary16 | e4m3fn:channel | weights must be binary-coded"
            + " planes or integers: e4m3fn:channel"
      })
  void weightsThatDoNotFitAreRefused(String unit, String scheme, String rule) {
    BitSerialUnit datapath = new BitSerialUnit(spec(unit));
    assertThatThrownBy(() -> datapath.prepareB(weights(scheme))).hasMessage(rule);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lut_gemm:factors=binary16 | real factors are those of weights in bit planes of -1 and 1:"
            + " int4",
        "lut_gemm:weights=planes3,factors=binary16,factor_inputs=24 | inputs of a factor must be 0"
            + " or a multiple of length 16: 24",
        "lut_gemm:weights=planes3,factor_inputs=16 | powers of two have no groups and no offset",
        "lut_gemm:weights=planes3,factors=binary64 | factors must be binary32 or a signed float of"
            + " at most 16 bits and 10 fraction bits: binary64",
        "lut_gemm:weights=planes3,factors=binary16,entries=int8 | entries under real factors must"
            + " be exact or rounded"
      })
  void parametersThatDoNotFitAreRefused(String unit, String rule) {
    assertThatThrownBy(() -> Units.named(unit)).hasMessage(unit + ": " + rule);
  }
}

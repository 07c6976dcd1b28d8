package macroscope.verify;

import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import macroscope.format.IntegerFormat;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Quantizer;
import macroscope.tensor.TensorFormat;
import macroscope.tensor.TensorFormats;

/**
 * One block of MX9, MX6 or MX4, whose pairs of elements share a one-bit exponent below the block's
 * (arXiv 2302.08007): its binary32 elements, and the exponents, mantissas and values that they become.
 * A micro-exponent is 1 where the pair lies an octave below the block.
 */
final class TwoLevelBlockKind implements VectorKind {

  private static final int MOST_LANES = 1 << 12;
  private static final int MOST_EXPONENT = 127;

  @Override
  public String name() {
    return "block";
  }

  @Override
  public Columns columns() {
    return Columns.of(
        "format",
        "k1",
        "k2",
        "m",
        "rounding",
        "in_f32_hex",
        "shared_exp",
        "microexp_bits",
        "mantissas_dec",
        "out_f32_hex");
  }

  @Override
  public boolean exact() {
    return true;
  }

  @Override
  public Outcome replay(VectorRow row) {
    int k1 = row.integer("k1", 1, MOST_LANES);
    int k2 = row.integer("k2", 1, k1);
    int m = row.integer("m", 1, 23);
    if (k1 % k2 != 0) {
      throw row.wrong("k2", "must divide k1: " + k2);
    }
    var rounding = row.choice("rounding", Names.TWO_LEVEL_ROUNDINGS);
    Block expected = Block.read(row, k1, k1 / k2, (1 << m) - 1);
    if (!Set.of("mx9", "mx6", "mx4").contains(row.text("format"))) {
      return Outcome.unknownFormat(row.text("format"));
    }
    if (!IntStream.range(0, k1).allMatch(i -> Double.isFinite(expected.input[i]))) {
      return BlockRow.NOT_FINITE;
    }
    TensorFormat format = TensorFormats.parse("bdr_m" + m + "_k" + k1 + "_" + k2 + "_d1");
    EncodedMatrix got = new Quantizer(format, rounding).quantize(expected.input, 1, k1);
    return expected.difference(got).map(Outcome.class::cast).orElseGet(Outcome.Passed::new);
  }

  /** What a row says of its block. */
  private record Block(
      double[] input, int exponent, long[] micro, long[] mantissas, long[] values) {

    static Block read(VectorRow row, int lanes, int pairs, int mostMantissa) {
      String micro = row.text("microexp_bits");
      if (!micro.matches("[01]{" + pairs + "}")) {
        throw row.wrong("microexp_bits", "must be " + pairs + " digits 0 or 1: " + micro);
      }
      return new Block(
          row.doubles("in_f32_hex", lanes),
          row.integer("shared_exp", -MOST_EXPONENT, MOST_EXPONENT),
          micro.chars().mapToLong(c -> c - '0').toArray(),
          IntStream.of(row.integers("mantissas_dec", lanes, -mostMantissa, mostMantissa))
              .asLongStream()
              .toArray(),
          BlockRow.positiveZeros(row.words("out_f32_hex", 8, lanes)));
    }

    Optional<Outcome.Failed> difference(EncodedMatrix got) {
      long[] gotMicro =
          IntStream.range(0, micro.length).mapToLong(i -> 1 - got.scaleCode(1, i)).toArray();
      IntegerFormat element = (IntegerFormat) got.format().element();
      long[] gotMantissas = LongStream.of(got.codes()).map(element::integer).toArray();
      return Difference.ofInteger("shared_exp", exponent, Math.getExponent(got.scales(0)[0]))
          .or(() -> Difference.ofIntegers("microexp_bits", micro, gotMicro))
          .or(() -> Difference.ofIntegers("mantissas_dec", mantissas, gotMantissas))
          .or(() -> Difference.ofWords("out_f32_hex", values, BlockRow.bits(got.decodeBinary32())));
    }
  }
}

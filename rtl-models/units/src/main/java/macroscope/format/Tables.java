package macroscope.format;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Codebooks with a rule, and those that papers print. */
final class Tables {

  private static final int MOST_BITS = 16;

  /**
   * NormalFloat, 4 bits: quantiles of the normal distribution with an exact zero, scaled to -1..1
   * (Dettmers et al., QLoRA, arXiv 2305.14314, appendix E; the binary32 values of bitsandbytes).
   */
  static final CodebookFormat NF4 =
      of(
          "nf4",
          -1.0,
          -0.6961928009986877,
          -0.5250730514526367,
          -0.39491748809814453,
          -0.28444138169288635,
          -0.18477343022823334,
          -0.09105003625154495,
          0.0,
          0.07958029955625534,
          0.16093020141124725,
          0.24611230194568634,
          0.33791524171829224,
          0.44070982933044434,
          0.5626170039176941,
          0.7229568362236023,
          1.0);

  /**
   * StudentFloat, 4 bits: quantiles of Student's t distribution with 5 degrees of freedom, else as
   * NF4 (Dotzel et al.: Learning from Students, arXiv 2405.03103; the decimals of its code,
   * llm-datatypes).
   */
  static final CodebookFormat SF4 =
      of(
          "sf4", -1.0, -0.627781, -0.454736, -0.334331, -0.237434, -0.152899, -0.074982, 0.0,
          0.065513, 0.132965, 0.204661, 0.283835, 0.375805, 0.491076, 0.656781, 1.0);

  /**
   * AbnormalFloat, 4 bits: as NF4, with the least mean absolute error for blocks of 64 (Yoshida: NF4
   * Isn't Information Theoretically Optimal, arXiv 2306.06965, appendix).
   */
  static final CodebookFormat AF4 =
      of(
          "af4",
          -1.0,
          -0.69441008,
          -0.51243739,
          -0.3736951,
          -0.25607552,
          -0.14982478,
          -0.04934812,
          0.0,
          0.04273164,
          0.12934483,
          0.21961274,
          0.31675666,
          0.42563882,
          0.55496234,
          0.72424863,
          1.0);

  /** Sums of two powers of two over 10: {0, 2} + {0, 1, 4, 8} (llm-datatypes, as {@link #SF4}). */
  static final CodebookFormat APOT4 =
      of("apot4", -1.0, -0.8, -0.6, -0.4, -0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1.0);

  /** Code 0 is -1, code 1 is 1: one XNOR a product (Rastegari et al., XNOR-Net, arXiv 1603.05279). */
  static final CodebookFormat BINARY = of("binary", -1, 1);

  private Tables() {}

  private static CodebookFormat of(String name, double... values) {
    return new CodebookFormat(name, DoubleStream.of(values).boxed().toList());
  }

  private static CodebookFormat byCode(String name, int bits, IntToDoubleFunction value) {
    return new CodebookFormat(
        name, IntStream.range(0, 1 << bits).mapToDouble(value).boxed().toList());
  }

  private static void require(String name, String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + ": " + what + " must be " + least + ".." + most + ": " + value);
    }
  }

  /** A table of magnitudes under a sign bit: the code of -0 is not encoded. */
  private static CodebookFormat signed(String name, int bits, IntToDoubleFunction magnitude) {
    int sign = 1 << (bits - 1);
    return byCode(
        name,
        bits,
        code -> {
          double value = magnitude.applyAsDouble(code & (sign - 1));
          return code < sign ? value : -value;
        });
  }

  /**
   * A small float whose negative-zero code stands for a special value instead: E2M1 with 5 or 8 (super
   * precision, super range: Dotzel et al., arXiv 2405.03103), E2M0 with 3 or 6 of either sign (BitMoD,
   * arXiv 2411.11745).
   */
  static CodebookFormat withSpecialValue(
      String name, int exponentBits, int fractionBits, String special) {
    require(name, "bits of exponent and fraction", exponentBits + fractionBits, 1, 8);
    FloatFormat base =
        new FloatFormat(
            name,
            true,
            exponentBits,
            fractionBits,
            FormatPatterns.ieeeBias(exponentBits),
            SpecialValues.FINITE,
            true);
    int negativeZero = 1 << (exponentBits + fractionBits);
    double value = new BigDecimal(special).doubleValue();
    return byCode(
        name, base.bits(), code -> code == negativeZero ? value : base.decodeDouble(code));
  }

  /**
   * Additive powers of two: a sign and n = (bits - 1) / k groups of k bits, group i of them 0 or
   * 2^-(i + n j), j = 0..2^k - 2, whose sum is the value (Li et al., arXiv 1909.13144, equation 5,
   * without its factor gamma, which scales take over).
   */
  static CodebookFormat additivePowersOfTwo(String name, int bits, int k) {
    require(name, "bits", bits, 2, MOST_BITS);
    require(name, "k", k, 1, 5);
    if ((bits - 1) % k != 0) {
      throw new IllegalArgumentException(name + ": k must divide bits - 1: " + k);
    }
    int groups = (bits - 1) / k;
    return signed(
        name,
        bits,
        magnitude ->
            IntStream.range(0, groups)
                .mapToDouble(i -> term(magnitude >> (k * i) & ((1 << k) - 1), i, groups))
                .sum());
  }

  private static double term(int field, int group, int groups) {
    return field == 0 ? 0 : Math.scalb(1.0, -(group + groups * (field - 1)));
  }

  /**
   * Flint: a float whose exponent takes more bits the further it is from the middle (Guo et al., ANT,
   * MICRO 2022, arXiv 2208.14286, section IV). Magnitude 0r is the integer r; 1r has as many leading
   * zeros z in r as its exponent is above the least of them, then a one that ends the exponent, then
   * the fraction.
   */
  static CodebookFormat flint(String name, boolean signed, int bits) {
    int width = signed ? bits - 1 : bits;
    require(name, "bits of the magnitude", width, 2, 12);
    return signed
        ? signed(name, bits, magnitude -> flint(magnitude, width))
        : byCode(name, bits, magnitude -> flint(magnitude, width));
  }

  private static double flint(int magnitude, int width) {
    int rest = magnitude & ((1 << (width - 1)) - 1);
    if (rest == magnitude) {
      return magnitude;
    }
    int zeros = Integer.numberOfLeadingZeros(rest) - (Integer.SIZE - (width - 1));
    if (rest == 0) {
      return Math.scalb(1.0, 2 * (width - 1));
    }
    // 1.fraction is rest with its leading one at the place of units.
    return Math.scalb((double) rest, width - 1 + zeros - (width - 2 - zeros));
  }

  /**
   * Adaptive biased float, the outliers of OliVe: {@code sign * (2^m + fraction) * 2^(exponent +
   * bias)} with m fraction bits; both codes of magnitude 0 are not used (Guo et al., arXiv 2304.07493,
   * section 3.3).
   */
  static CodebookFormat adaptiveBiasedFloat(String name, int bits, int exponentBits, int bias) {
    require(name, "bits", bits, 3, MOST_BITS);
    require(name, "exponent bits", exponentBits, 1, Math.min(6, bits - 1));
    int fractionBits = bits - 1 - exponentBits;
    int one = 1 << fractionBits;
    return signed(
        name,
        bits,
        magnitude ->
            magnitude == 0
                ? Double.NaN
                : Math.scalb(
                    (double) (one | magnitude & (one - 1)), (magnitude >> fractionBits) + bias));
  }

  /**
   * Bit planes of -1 and 1: {@code sum 2^i (2 b_i - 1)}, the odd integers of -(2^bits - 1)..2^bits - 1
   * (LUT tensor core, arXiv 2408.06003; the upper planes alone are the same weights in fewer bits).
   */
  static CodebookFormat signedPlanes(String name, int bits) {
    require(name, "bits", bits, 1, MOST_BITS);
    return byCode(name, bits, code -> 2.0 * code - ((1 << bits) - 1));
  }

  /**
   * NormalFloat of other widths: {@link #NF4}'s rule (QLoRA, arXiv 2305.14314, section 3; the outermost
   * share as bitsandbytes has it, the mean of those of both halves), in binary32.
   */
  static CodebookFormat normalFloat(String name, int bits) {
    return quantiles(name, bits, Quantile::normal);
  }

  /**
   * StudentFloat: the same rule with Student's t distribution of {@code freedom} degrees (arXiv
   * 2405.03103, section 3), in binary32; {@link #SF4} has six decimals.
   */
  static CodebookFormat studentFloat(String name, int bits, int freedom) {
    require(name, "degrees of freedom", freedom, 1, 100);
    return quantiles(name, bits, share -> Quantile.student(freedom, share));
  }

  private static CodebookFormat quantiles(String name, int bits, DoubleUnaryOperator quantile) {
    require(name, "bits", bits, 2, 8);
    int half = 1 << (bits - 1);
    double outermost = 1 - (1.0 / (4 * half) + 1.0 / (4 * half - 2)) / 2;
    double largest = quantile.applyAsDouble(outermost);
    DoubleStream negative =
        IntStream.range(0, half - 1)
            .mapToDouble(i -> -quantile.applyAsDouble(share(outermost, i, half - 1)));
    DoubleStream positive =
        IntStream.range(0, half)
            .mapToDouble(i -> quantile.applyAsDouble(share(outermost, half - 1 - i, half)));
    double[] values =
        DoubleStream.concat(DoubleStream.concat(negative, DoubleStream.of(0)), positive)
            .map(x -> (float) (x / largest))
            .toArray();
    return of(name, values);
  }

  /** One of {@code steps} shares from the outermost, number 0, toward one half. */
  private static double share(double outermost, int i, int steps) {
    return outermost + i * (0.5 - outermost) / steps;
  }

  /** The tables that have a name of their own. */
  static List<NumberFormat> named() {
    List<NumberFormat> named = new ArrayList<>(List.of(NF4, SF4, AF4, APOT4, BINARY));
    named.add(withSpecialValue("e2m1_sp", 2, 1, "5"));
    named.add(withSpecialValue("e2m1_sr", 2, 1, "8"));
    return List.copyOf(named);
  }
}

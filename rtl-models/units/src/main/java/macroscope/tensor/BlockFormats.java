package macroscope.tensor;

import static macroscope.tensor.BlockFormat.level;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import macroscope.format.CodebookFormat;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.format.SpecialValues;

/** The catalogue of block formats, listed and spelled by their parameters. */
final class BlockFormats {

  private static final Pattern MSFP = Pattern.compile("msfp(\\d{1,2})");
  private static final Pattern BFP = Pattern.compile("bfp(\\d{1,2})");
  private static final Pattern HBFP = Pattern.compile("hbfp(\\d{1,2})");
  private static final Pattern VSQ = Pattern.compile("vsq(\\d{1,2})_(\\d{1,2})");
  private static final Pattern NVINT = Pattern.compile("nvint(\\d{1,2})");
  private static final Pattern MXINT = Pattern.compile("mxint(\\d{1,2})");
  private static final Pattern DFP = Pattern.compile("dfp(\\d{1,2})");
  private static final Pattern BDR =
      Pattern.compile("bdr_m(\\d{1,2})_k(\\d{1,4})_(\\d{1,4})_d(\\d)");

  private static final int MOST_MANTISSA_BITS = 23;

  static final List<BlockFormat> LISTED =
      List.of(
          mx("mxfp8_e4m3", Formats.E4M3FN),
          mx("mxfp8_e5m2", Formats.E5M2),
          mx("mxfp6_e2m3", Formats.E2M3FN),
          mx("mxfp6_e3m2", Formats.E3M2FN),
          mx("mxfp4_e2m1", Formats.E2M1FN),
          spelled("mxint8"),
          spelled("mxint6"),
          spelled("mxint4"),
          nv("nvfp4", Formats.E2M1FN),
          spelled("nvint4"),
          bdr("mx9", 7, 16, 2, 1),
          bdr("mx6", 4, 16, 2, 1),
          bdr("mx4", 2, 16, 2, 1),
          spelled("msfp16"),
          spelled("msfp15"),
          spelled("msfp14"),
          spelled("msfp13"),
          spelled("msfp12"),
          spelled("bfp4"),
          spelled("hbfp12"),
          spelled("hbfp8"),
          spelled("dfp16"),
          spelled("vsq8_6"),
          spelled("vsq6_6"),
          spelled("vsq4_4"),
          outlierVictim("olive4"),
          specialValue("bitmod_fp4", new double[] {0, 0.5, 1, 1.5, 2, 3, 4, 6}, 5, 8),
          specialValue("bitmod_fp3", new double[] {0, 1, 2, 4}, 3, 6));

  private BlockFormats() {}

  /**
   * The format of a canonical name, if there is one.
   *
   * @throws IllegalArgumentException if the name spells parameters that are out of range
   */
  static Optional<BlockFormat> find(String name) {
    return LISTED.stream().filter(b -> b.name().equals(name)).findFirst().or(() -> spelt(name));
  }

  private static BlockFormat spelled(String name) {
    return spelt(name).orElseThrow();
  }

  private static Optional<BlockFormat> spelt(String name) {
    Matcher m = MSFP.matcher(name);
    if (m.matches()) {
      return Optional.of(bfp(name, number(m, 1) - 9));
    }
    if (m.usePattern(BFP).matches()) {
      return Optional.of(bfp(name, number(m, 1)));
    }
    if (m.usePattern(HBFP).matches()) {
      return Optional.of(hbfp(name, number(m, 1)));
    }
    if (m.usePattern(VSQ).matches()) {
      return Optional.of(vsQuant(name, number(m, 1), number(m, 2)));
    }
    if (m.usePattern(DFP).matches()) {
      return Optional.of(dynamicFixedPoint(name, number(m, 1)));
    }
    if (m.usePattern(NVINT).matches()) {
      return Optional.of(nv(name, integer(name, number(m, 1), 0)));
    }
    if (m.usePattern(MXINT).matches()) {
      return Optional.of(mx(name, integer(name, number(m, 1), number(m, 1) - 2)));
    }
    return m.usePattern(BDR).matches()
        ? Optional.of(bdr(name, number(m, 1), number(m, 2), number(m, 3), number(m, 4)))
        : Optional.empty();
  }

  private static int number(Matcher m, int group) {
    return Integer.parseInt(m.group(group));
  }

  /** OCP Microscaling Formats 1.0: one e8m0 scale for 32 elements. */
  private static BlockFormat mx(String name, NumberFormat element) {
    return BlockFormat.of(
        name, element, level(new Extent.Group(32), Formats.E8M0, ScaleRule.POWER_OF_TWO_FLOOR));
  }

  /**
   * NVFP4: an e4m3 scale for 16 elements under a binary32 scale of the tensor (arXiv 2509.25149); with
   * integer elements NVINT4 (arXiv 2510.25602).
   */
  private static BlockFormat nv(String name, NumberFormat element) {
    return new BlockFormat(
        name,
        element,
        new Coding.Single(),
        List.of(
            level(new Extent.Tensor(), Formats.BINARY32, ScaleRule.ABSMAX),
            level(new Extent.Group(16), Formats.E4M3FN, ScaleRule.ABSMAX)),
        1);
  }

  /**
   * Block floating point: sign and {@code mantissaBits} bits under an 8-bit exponent shared by 16
   * elements, that of the largest. MSFP12..16 (Darvish Rouhani et al.: Pushing the Limits of Narrow
   * Precision Inferencing at Cloud Scale with Microsoft Floating Point, NeurIPS 2020) count sign,
   * mantissa and shared exponent in their names.
   */
  private static BlockFormat bfp(String name, int mantissaBits) {
    return BlockFormat.of(
        name,
        mantissa(name, mantissaBits),
        level(new Extent.Group(16), Formats.E8M0, ScaleRule.SHARED_EXPONENT));
  }

  /**
   * Block data representation with two levels of powers of two (arXiv 2302.08007, section 3): an 8-bit
   * exponent for k1 elements, below it one of d bits for k2. The code of the lower one is 2^d - 1 less
   * how far it lies below.
   */
  private static BlockFormat bdr(String name, int mantissaBits, int k1, int k2, int d) {
    if (d < 1 || d > 7 || k2 < 1 || k1 % k2 != 0) {
      throw new IllegalArgumentException(
          name + ": d must be 1..7 and k1 a multiple of k2: " + d + ", " + k1 + ", " + k2);
    }
    FloatFormat micro =
        new FloatFormat("micro" + d, false, d, 0, (1 << d) - 1, SpecialValues.FINITE, false);
    ScaleRule rule = ScaleRule.SHARED_EXPONENT;
    return new BlockFormat(
        name,
        mantissa(name, mantissaBits),
        new Coding.Single(),
        List.of(
            level(new Extent.Group(k1), Formats.E8M0, rule),
            level(new Extent.Group(k2), micro, rule)),
        0);
  }

  /**
   * Hybrid block floating point: tiles of 24 x 24 under a 10-bit exponent, {@code bits} bits with the
   * sign (Drumond et al.: Training DNNs with Hybrid Block Floating Point, NeurIPS 2018).
   */
  private static BlockFormat hbfp(String name, int bits) {
    FloatFormat exponent = new FloatFormat("e10m0", false, 10, 0, 511, SpecialValues.FINITE, false);
    return BlockFormat.of(
        name,
        mantissa(name, bits - 1),
        level(new Extent.Tile(24, 24), exponent, ScaleRule.SHARED_EXPONENT));
  }

  /**
   * Dynamic fixed point: integers under one exponent a tensor, that of the largest magnitude less
   * bits - 2 (Das et al.: Mixed Precision Training of Convolutional Neural Networks using Integer
   * Operations, ICLR 2018, arXiv 1802.00930, section 3; DFP16 there).
   */
  private static BlockFormat dynamicFixedPoint(String name, int bits) {
    return BlockFormat.of(
        name,
        integer(name, bits, 0),
        level(new Extent.Tensor(), Formats.E8M0, ScaleRule.POWER_OF_TWO_FLOOR));
  }

  /**
   * VS-Quant: integers of {@code bits} bits, an unsigned integer scale for 16 of them under a real
   * scale of the row (Dai et al., MLSys 2021, arXiv 2102.04503, section 4).
   */
  private static BlockFormat vsQuant(String name, int bits, int scaleBits) {
    NumberFormat scale = new IntegerFormat("uint" + scaleBits, scaleBits, false, false, 0);
    ScaleLevel row = new ScaleLevel(new Extent.Row(), Optional.empty(), ScaleRule.ABSMAX);
    return new BlockFormat(
        name,
        integer(name, bits, 0),
        new Coding.Single(),
        List.of(row, level(new Extent.Group(16), scale, ScaleRule.ABSMAX)),
        1);
  }

  /**
   * Outlier-victim pairs of OliVe: int4 without -8, which marks the victim, and outliers of the abfloat
   * (2 + m) * 2^(e + 2) of 2 exponent bits and 1 mantissa bit, whose least code is unused: 12..96
   * (arXiv 2304.07493, section 3).
   */
  private static BlockFormat outlierVictim(String name) {
    double[] outliers = {12, 16, 24, 32, 48, 64, 96};
    double[] normal = DoubleStream.iterate(-7, v -> v <= 7, v -> v + 1).toArray();
    CodebookFormat element =
        codebook(name, DoubleStream.concat(DoubleStream.of(normal), signed(outliers)).toArray());
    ScaleLevel level = new ScaleLevel(new Extent.Row(), Optional.empty(), ScaleRule.SEARCH);
    return new BlockFormat(name, element, new Coding.OutlierVictim(4, 7), List.of(level), 0);
  }

  /**
   * BitMoD: small floats where one of four special values, chosen for 128 elements, takes the code of
   * the negative zero: one that adds resolution or one that adds range, of either sign (arXiv
   * 2411.11745, section 3). Scales are binary16.
   */
  private static BlockFormat specialValue(
      String name, double[] magnitudes, double resolution, double range) {
    Coding.SpecialValue coding =
        new Coding.SpecialValue(
            DoubleStream.of(resolution, -resolution, range, -range)
                .mapToObj(
                    special ->
                        codebook(
                            name + "(" + special + ")",
                            DoubleStream.concat(signed(magnitudes), DoubleStream.of(special))
                                .toArray()))
                .toList());
    ScaleLevel level = level(new Extent.Group(128), Formats.BINARY16, ScaleRule.ABSMAX);
    return new BlockFormat(name, coding.union(name), coding, List.of(level), 0);
  }

  private static DoubleStream signed(double[] magnitudes) {
    return DoubleStream.of(magnitudes).flatMap(m -> DoubleStream.of(m, 0 - m));
  }

  private static CodebookFormat codebook(String name, double[] values) {
    return new CodebookFormat(name, DoubleStream.of(values).distinct().sorted().boxed().toList());
  }

  /** Sign and mantissa with one bit before the point: magnitudes below 2. */
  private static NumberFormat mantissa(String name, int mantissaBits) {
    if (mantissaBits < 1 || mantissaBits > MOST_MANTISSA_BITS) {
      throw new IllegalArgumentException(
          name + ": mantissa bits must be 1.." + MOST_MANTISSA_BITS + ": " + mantissaBits);
    }
    return Formats.canonical("q2." + (mantissaBits - 1) + "sym");
  }

  private static NumberFormat integer(String name, int bits, int fractionBits) {
    if (bits < 2 || bits > MOST_MANTISSA_BITS + 1) {
      throw new IllegalArgumentException(
          name + ": integer bits must be 2.." + (MOST_MANTISSA_BITS + 1) + ": " + bits);
    }
    return Formats.canonical(
        fractionBits == 0 ? "int" + bits + "sym" : "q2." + fractionBits + "sym");
  }
}

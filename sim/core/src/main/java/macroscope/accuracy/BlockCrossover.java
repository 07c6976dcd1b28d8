package macroscope.accuracy;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import macroscope.accuracy.BlockTheory.Minifloat;

/**
 * The crest factor up to which an integer block format is better than a float one of as many bits, by
 * {@link BlockTheory}, beside what arXiv 2510.25602, section 3, prints.
 *
 * @param integers name of the integer format
 * @param floats name of the float format
 * @param overhead what a scale is too large by, as a factor
 * @param crest largest magnitude over root mean square where they are equal
 * @param decibels QSNR of both there
 * @param publishedCrest the paper's
 * @param publishedDecibels the paper's
 */
public record BlockCrossover(
    String integers,
    String floats,
    double overhead,
    double crest,
    double decibels,
    double publishedCrest,
    double publishedDecibels) {

  private static final double EXACT = 1;

  /**
   * The overhead of an e4m3 scale with which the forms give the paper's crest factor and its decibels,
   * both to the last digit.
   */
  private static final double AS_PUBLISHED = 1.05;

  private static final double LEAST_CREST = 1.1;
  private static final double MOST_CREST = 20;

  /** Below the root of 16, where one element has all the energy. */
  private static final double MOST_CREST_OF_16 = 3.9;

  /** The crossovers of the paper; that of NVINT4 also with scales that have no error. */
  public static List<BlockCrossover> published() {
    return List.of(
        mx(8, "mxfp8_e4m3", Minifloat.E4M3, 7.55, 31.86),
        mx(6, "mxfp6_e2m3", Minifloat.E2M3, 1.96, 31.54),
        mx(4, "mxfp4", Minifloat.E2M1, 2.04, 19.14),
        nv(AS_PUBLISHED),
        nv(EXACT));
  }

  private static BlockCrossover mx(
      int bits, String floats, Minifloat element, double crest, double decibels) {
    DoubleUnaryOperator integers = k -> BlockTheory.mxint(bits, k);
    double found =
        BlockTheory.crossover(integers, k -> BlockTheory.mxfp(element, k), LEAST_CREST, MOST_CREST);
    return new BlockCrossover(
        "mxint" + bits,
        floats,
        BlockTheory.POWER_OF_TWO_OVERHEAD,
        found,
        integers.applyAsDouble(found),
        crest,
        decibels);
  }

  private static BlockCrossover nv(double overhead) {
    int block = 16;
    DoubleUnaryOperator integers = k -> BlockTheory.nvint(4, block, overhead, k);
    double found =
        BlockTheory.crossover(
            integers,
            k -> BlockTheory.nvfp(Minifloat.E2M1, block, overhead, k),
            LEAST_CREST,
            MOST_CREST_OF_16);
    return new BlockCrossover(
        "nvint4", "nvfp4", overhead, found, integers.applyAsDouble(found), 2.39, 21.14);
  }
}

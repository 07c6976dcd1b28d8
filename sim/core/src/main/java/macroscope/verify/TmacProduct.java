package macroscope.verify;

import java.util.Arrays;

/**
 * The operands of one row of T-MAC's kernels.
 *
 * @param rows M, rows of weights
 * @param inputs K
 * @param weightBits 1..4
 * @param weightGroup weights along K that share a scale
 * @param oneScale whether one scale stands for each row (the group is K)
 * @param weights M * K codes
 * @param activations K numbers
 * @param scales scales as the unit takes them
 * @param zeros zero terms, or none
 */
record TmacProduct(
    int rows,
    int inputs,
    int weightBits,
    int weightGroup,
    boolean oneScale,
    byte[] weights,
    double[] activations,
    double[] scales,
    double[] zeros) {

  /** So that M * K fits an int. */
  private static final int MOST = 1 << 15;

  static TmacProduct read(VectorRow row, int weightBits) {
    int rows = row.integer("M", 1, MOST);
    int inputs = row.integer("K", 1, MOST);
    int group = row.integer("group_size", 1, inputs);
    if (inputs % group != 0) {
      throw row.wrong("group_size", "must divide K = " + inputs + ": " + group);
    }
    int groups = Math.multiplyExact(rows, inputs / group);
    int[] codes =
        row.integers("weights_int", Math.multiplyExact(rows, inputs), 0, (1 << weightBits) - 1);
    byte[] weights = new byte[codes.length];
    for (int i = 0; i < codes.length; i++) {
      weights[i] = (byte) codes[i];
    }
    double[] zeros = row.text("zeros").isEmpty() ? new double[0] : row.doubles("zeros", groups);
    return new TmacProduct(
        rows,
        inputs,
        weightBits,
        group,
        group == inputs,
        weights,
        row.doubles("activations", inputs),
        scales(row, groups),
        zeros);
  }

  /** One scale in the file stands for all groups. */
  private static double[] scales(VectorRow row, int groups) {
    if (row.count("scales", 8) != 1) {
      return row.doubles("scales", groups);
    }
    double[] scales = new double[groups];
    Arrays.fill(scales, row.doubles("scales", 1)[0]);
    return scales;
  }
}

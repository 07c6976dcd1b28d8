package macroscope.vector;

import macroscope.unit.FusedDotKernel;
import macroscope.unit.FusedDotSpec;
import macroscope.unit.SignificandPlanes;

/**
 * How passes over a range of k fall into groups, and the elements of some rows of A in the order in
 * which kernels read them: group after group, in each row after row.
 *
 * @param rows rows of the strip
 * @param fromK first k
 * @param toK one past the last k; what lies beyond, up to whole passes, is padding
 * @param groupLength products of a group
 * @param groups groups, those of padding included
 */
record Strips(int rows, int fromK, int toK, int groupLength, int groups) {

  static Strips of(FusedDotSpec spec, int rows, int fromK, int toK) {
    int passes = (toK - fromK + spec.length() - 1) / spec.length();
    int groups = passes * (spec.length() / spec.groupLength());
    return new Strips(rows, fromK, toK, spec.groupLength(), groups);
  }

  /** First k of a group. */
  int k(int group) {
    return fromK + group * groupLength;
  }

  /** Products of a group that are not padding. */
  int count(int group) {
    return Math.max(0, Math.min(groupLength, toK - k(group)));
  }

  /** Where the elements of a row lie in a packed group. */
  int at(int group, int row) {
    return group * groupLength * rows + row * count(group);
  }

  /** Packs elements of a plane of A. */
  int[] packed(SignificandPlanes a, int fromRow, Element element) {
    int[] packed = new int[rows * (toK - fromK)];
    for (int group = 0, to = 0; group < groups; group++) {
      for (int row = 0; row < rows; row++) {
        int from = a.layout().index(fromRow + row, Math.min(k(group), toK));
        for (int k = 0; k < count(group); k++, to++) {
          packed[to] = element.of(a.significands()[from + k], a.exponents()[from + k]);
        }
      }
    }
    return packed;
  }

  /** What is kept of an element. */
  interface Element {
    int of(int significand, int exponent);
  }

  /** Accumulators in 32 bits, all rows of a tile. */
  int[] narrowed(long[] significands) {
    int[] narrow = new int[rows * FusedDotKernel.COLUMNS];
    for (int at = 0; at < narrow.length; at++) {
      narrow[at] = (int) significands[at];
    }
    return narrow;
  }

  void widen(int[] narrow, long[] significands) {
    for (int at = 0; at < narrow.length; at++) {
      significands[at] = narrow[at];
    }
  }
}

package macroscope.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The points of E8P (QuIP#, Tseng et al., arXiv 2402.04396, section 4.2 and appendix C.1): 2^16 points of
 * the lattice E8 + 1/4 in eight dimensions, in 16 bits each.
 *
 * <p>Halves of odd integers whose sum is even, plus or minus 1/4. The magnitudes are one of 256 entries: all
 * 227 whose squares add up to at most 10, and 29 of those that add up to 12. The upper byte of a code is
 * the entry, the lower one eight signs; an odd number of them stands for -1/4 and one sign less, an even
 * number for +1/4. So seven signs are free, and the last follows from the even sum: the last element of an
 * entry with an odd sum is negative.
 *
 * <p>Entries are in ascending order of their elements, those of 12 behind in the paper's order; code bits
 * of signs are those of elements 0, 2, 4, 6, 1, 3, 5, 7, the least first, of which the least is the one
 * that an odd number flips back (Cornell-RelaxML/quip-sharp, e8p12). Elements are in quarters.
 */
final class E8pLattice {

  /** Elements of a point. */
  static final int DIMENSION = 8;

  /** Codes. */
  static final int POINTS = 1 << 16;

  /** Quarters of a unit. */
  static final int UNIT = 4;

  /** Root mean square that normal numbers have where they lose least (QuIP#'s e8p12: opt_scale). */
  static final double NORMAL_REACH = 1.03;

  private static final int LARGEST_SQUARE = 10;

  /** The element whose sign a bit of a code is. */
  private static final int[] ELEMENT_OF_SIGN = {0, 2, 4, 6, 1, 3, 5, 7};

  /** Twice the magnitudes of the entries whose squares add up to 12: five 3/2 and three 1/2. */
  private static final String LARGEST_ENTRIES =
      "31113333 13113333 11313333 11133333 33313311 33313131 33311331 33313113 33311313 33311133"
          + " 33133311 33133131 33131331 33133113 33131313 33131133 31333311 31333131 31331331"
          + " 31333113 31331313 13331133 13333311 13333131 13331331 13333113 13331313 11331333"
          + " 33113331";

  private final List<int[]> entries;

  E8pLattice() {
    List<int[]> all = new ArrayList<>();
    addSmall(new int[DIMENSION], 0, UNIT * LARGEST_SQUARE, all);
    for (String digits : LARGEST_ENTRIES.split(" ")) {
      all.add(digits.chars().map(digit -> digit - '0').toArray());
    }
    entries = List.copyOf(all);
  }

  /** Odd integers whose squares add up to no more than {@code left}, from an element on. */
  private static void addSmall(int[] twice, int element, int left, List<int[]> all) {
    if (element == DIMENSION) {
      all.add(twice.clone());
      return;
    }
    for (int odd = 1; odd * odd <= left; odd += 2) {
      twice[element] = odd;
      addSmall(twice, element + 1, left - odd * odd, all);
    }
  }

  /** Twice the magnitudes of each entry. */
  List<int[]> entries() {
    return entries;
  }

  /**
   * Each entry as the word that hardware keeps: four bits an element, the first lowest, twice its
   * magnitude below the sign that makes the sum even.
   */
  long[] words() {
    return entries.stream().mapToLong(E8pLattice::word).toArray();
  }

  private static long word(int[] twice) {
    long word = 0;
    for (int element = DIMENSION - 1; element >= 0; element--) {
      word = word << 4 | twice[element];
    }
    return isOdd(twice) ? word | 1L << 4 * DIMENSION - 1 : word;
  }

  private static boolean isOdd(int[] twice) {
    return IntStream.of(twice).sum() / 2 % 2 != 0;
  }

  /** The elements of the point of a code, in quarters. */
  int[] point(int code) {
    int[] twice = entries.get(code >> DIMENSION);
    int signs = code & (1 << DIMENSION) - 1;
    int odd = Integer.bitCount(signs) & 1;
    int[] quarters = new int[DIMENSION];
    for (int bit = 0; bit < DIMENSION; bit++) {
      int element = ELEMENT_OF_SIGN[bit];
      boolean negative = ((signs ^ odd) >> bit & 1) != 0;
      quarters[element] = negative ? -2 * twice[element] : 2 * twice[element];
    }
    if (isOdd(twice)) {
      quarters[DIMENSION - 1] = -quarters[DIMENSION - 1];
    }
    return IntStream.of(quarters).map(q -> odd == 0 ? q + 1 : q - 1).toArray();
  }

  /** All points as numbers, one after the other by code. */
  double[] points() {
    return IntStream.range(0, POINTS)
        .flatMap(code -> IntStream.of(point(code)))
        .mapToDouble(quarters -> quarters / (double) UNIT)
        .toArray();
  }
}

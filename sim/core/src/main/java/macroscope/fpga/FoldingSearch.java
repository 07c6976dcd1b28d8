package macroscope.fpga;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Chooses foldings of layers that work side by side, as SetFolding of FINN does (Xilinx/finn,
 * set_folding.py): SIMD grows over the divisors of the columns as long as the weights of one
 * processing element fit a word, then PE over the divisors of the rows.
 *
 * @param weightWordBits most bits of weights that a processing element takes a cycle; one weight is
 *     always allowed
 */
public record FoldingSearch(int weightWordBits) {

  /** What FINN allows unless told: one block RAM. */
  public static final int USUAL_WORD_BITS = 36;

  public FoldingSearch {
    if (weightWordBits < 1) {
      throw new IllegalArgumentException("weight word bits must be at least 1: " + weightWordBits);
    }
  }

  /**
   * The unit that is done in so many cycles with the least parallelism; the fastest there is if none is
   * as fast.
   */
  public MatrixVectorUnit within(MatrixVectorUnit unit, long cycles) {
    MatrixVectorUnit found = unit;
    for (Folding folding : foldings(unit)) {
      found = unit.folded(folding);
      if (found.cycles() <= cycles) {
        return found;
      }
    }
    return found;
  }

  /** Every number of cycles that a layer can take, ascending. */
  TreeSet<Long> cycles(List<MatrixVectorUnit> units) {
    TreeSet<Long> cycles = new TreeSet<>();
    for (MatrixVectorUnit unit : units) {
      foldings(unit).forEach(folding -> cycles.add(unit.folded(folding).cycles()));
    }
    return cycles;
  }

  /** The foldings that are tried, each faster than the one before. */
  private List<Folding> foldings(MatrixVectorUnit unit) {
    int most = Math.max(1, weightWordBits / unit.b().bits());
    List<Integer> simds = divisors(unit.layer().k()).filter(d -> d <= most).boxed().toList();
    int widest = simds.get(simds.size() - 1);
    return Stream.concat(
            simds.stream().map(simd -> new Folding(1, simd)),
            divisors(unit.layer().n()).skip(1).mapToObj(pe -> new Folding(pe, widest)))
        .toList();
  }

  private static IntStream divisors(int number) {
    return IntStream.rangeClosed(1, number).filter(d -> number % d == 0);
  }
}

package macroscope.unit;

import java.util.List;
import macroscope.format.Value;

/**
 * One dot product term by term: what is aligned, cut off, added and rounded, step after step.
 *
 * @param steps roundings in order; each takes the result of the one before as a term
 * @param result code of d
 */
public record Explanation(List<Step> steps, long result) {

  public Explanation {
    steps = List.copyOf(steps);
  }

  /**
   * Terms that are added and rounded together.
   *
   * @param name what is added
   * @param terms in the order of the unit; their sum is exact, so that order does not matter
   * @param aligned whether terms are cut at a common exponent; else they are exact, and all that is
   *     lost is lost between {@code sum} and {@code rounded}, in one rounding or in several
   * @param largestExponent what all terms are aligned to, if they are
   * @param lastBit exponent of the last bit that is kept, if terms are aligned
   * @param sum the exact sum of what is kept; NaN or an infinity if an operand makes it one
   * @param code what the unit makes of the sum, in the accumulator format
   * @param rounded value of {@code code}
   */
  public record Step(
      String name,
      List<Term> terms,
      boolean aligned,
      int largestExponent,
      int lastBit,
      Value sum,
      long code,
      Value rounded) {
    public Step {
      terms = List.copyOf(terms);
    }
  }

  /**
   * One term.
   *
   * @param name {@code c}, {@code a[3]*b[3]}
   * @param value its exact value; NaN or infinite if it is
   * @param exponent as the alignment sees it: un-normalised
   * @param kept what is left of it after alignment
   * @param cut what is cut off: {@code value - kept}
   * @param partialSum {@code kept} of this term and of all before it
   */
  public record Term(
      String name, Value value, int exponent, Value kept, Value cut, Value partialSum) {}
}

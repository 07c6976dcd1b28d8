package macroscope.unit;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import macroscope.format.NumberFormat;
import macroscope.format.Value;

/**
 * One dot product term by term: what operands become, what is aligned, cut off, added and rounded, step
 * after step.
 *
 * @param conversions what is made of operands before anything is added
 * @param steps roundings in order; most take the result of the one before as a term
 * @param result code of d
 */
public record Explanation(List<Conversion> conversions, List<Step> steps, long result) {

  public Explanation {
    conversions = List.copyOf(conversions);
    steps = List.copyOf(steps);
  }

  /** Of operands that are multiplied as they are. */
  public Explanation(List<Step> steps, long result) {
    this(List.of(), steps, result);
  }

  /** The same steps under longer names. */
  Explanation within(String prefix) {
    return new Explanation(
        conversions.stream().map(c -> new Conversion(prefix + c.name, c.items)).toList(),
        steps.stream().map(step -> step.named(prefix + step.name)).toList(),
        result);
  }

  /** The same steps with other names of terms. */
  Explanation renamed(UnaryOperator<String> names) {
    return new Explanation(
        conversions, steps.stream().map(step -> step.renamed(names)).toList(), result);
  }

  /** With conversions before its own. */
  Explanation after(Conversion first) {
    return new Explanation(
        Stream.concat(Stream.of(first), conversions.stream()).toList(), steps, result);
  }

  /**
   * What one stage in front of the products makes of operands: metadata that select, weights that are
   * dequantized, sums that are looked up.
   *
   * @param items in the order of the unit
   */
  public record Conversion(String name, List<Item> items) {
    public Conversion {
      items = List.copyOf(items);
    }
  }

  /**
   * One operand or sum of operands.
   *
   * @param name {@code b[3]}, {@code table 2, plane 0: +a[8] -a[9] +a[10] -a[11]}
   * @param from its exact value
   * @param stored what it is kept as, if that is one code
   * @param to what is left of it
   */
  public record Item(String name, Value from, Optional<Stored> stored, Value to) {
    Item(String name, Value from, NumberFormat format, long code, Value to) {
      this(name, from, Optional.of(new Stored(format, code)), to);
    }
  }

  /** A code and what it means. */
  public record Stored(NumberFormat format, long code) {}

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
   * @param format what the unit keeps the sum in
   * @param code what the unit makes of the sum, in that format
   * @param rounded value of {@code code}
   */
  public record Step(
      String name,
      List<Term> terms,
      boolean aligned,
      int largestExponent,
      int lastBit,
      Value sum,
      NumberFormat format,
      long code,
      Value rounded) {
    public Step {
      terms = List.copyOf(terms);
    }

    private Step named(String other) {
      return new Step(other, terms, aligned, largestExponent, lastBit, sum, format, code, rounded);
    }

    /** The same step with some of its terms. */
    public Step with(List<Term> others) {
      return new Step(name, others, aligned, largestExponent, lastBit, sum, format, code, rounded);
    }

    private Step renamed(UnaryOperator<String> names) {
      return with(
          terms.stream()
              .map(
                  t ->
                      new Term(
                          names.apply(t.name), t.value, t.exponent, t.kept, t.cut, t.partialSum))
              .toList());
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

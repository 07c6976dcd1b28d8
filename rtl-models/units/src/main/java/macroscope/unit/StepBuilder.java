package macroscope.unit;

import java.util.ArrayList;
import java.util.List;
import macroscope.format.NumberFormat;
import macroscope.format.Value;

/** A step of an {@link Explanation} whose terms are not aligned, while they are collected. */
final class StepBuilder {

  private final String name;
  private final List<Explanation.Term> terms = new ArrayList<>();
  private Value sum = Value.ZERO;

  StepBuilder(String name) {
    this.name = name;
  }

  StepBuilder add(String term, Value value) {
    sum = terms.isEmpty() ? value : ExactValues.sum(sum, value);
    terms.add(new Explanation.Term(term, value, 0, value, Value.ZERO, sum));
    return this;
  }

  /** The step, of whose sum the unit makes this code. */
  Explanation.Step becomes(NumberFormat format, long code) {
    return new Explanation.Step(name, terms, false, 0, 0, sum, format, code, format.decode(code));
  }
}

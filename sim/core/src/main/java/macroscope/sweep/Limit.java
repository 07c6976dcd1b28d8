package macroscope.sweep;

import java.math.BigDecimal;

/**
 * A constraint: what an objective may be at most, or must be at least.
 *
 * @param bound in the unit of the objective; finite
 */
public record Limit(Objective objective, Side side, double bound) {

  /** Which values are allowed: those up to the bound, or those from it on, the bound included. */
  public enum Side {
    AT_MOST("at most"),
    AT_LEAST("at least");

    private final String words;

    Side(String words) {
      this.words = words;
    }

    /** For people. */
    public String words() {
      return words;
    }
  }

  public Limit {
    if (!Double.isFinite(bound)) {
      throw new IllegalArgumentException("a limit must be a finite number: " + bound);
    }
  }

  /** Whether an evaluation holds it; one without a value does not. */
  public boolean holds(Evaluation evaluation) {
    return objective.value().apply(evaluation).filter(m -> slack(m) >= 0).isPresent();
  }

  /** Whether it is held by more than two standard errors of the estimate. */
  public boolean holdsClearly(Evaluation evaluation) {
    return objective
        .value()
        .apply(evaluation)
        .filter(m -> slack(m) >= 2 * m.standardError())
        .isPresent();
  }

  private double slack(Measure measure) {
    return side == Side.AT_MOST ? bound - measure.value() : measure.value() - bound;
  }

  /** As in {@code kl_bits_to_fp32 at most 0.01}. */
  public String text() {
    return objective.name() + " " + side.words() + " " + number();
  }

  /** As in {@code kl_bits_to_fp32 at most 0.01 bits}. */
  public String textWithUnit() {
    return objective.unit().equals("1") ? text() : text() + " " + objective.unit();
  }

  private String number() {
    return new BigDecimal(Double.toString(bound)).stripTrailingZeros().toPlainString();
  }
}

package macroscope.verify;

import java.util.List;

/** A kind whose rows say themselves what becomes of them. */
final class CountingKind implements VectorKind {

  @Override
  public String name() {
    return "counting";
  }

  @Override
  public Columns columns() {
    return Columns.of("id", "outcome", "predicted");
  }

  @Override
  public boolean exact() {
    return true;
  }

  @Override
  public Outcome replay(VectorRow row) {
    return switch (row.text("outcome")) {
      case "passes" -> new Outcome.Passed();
      case "fails" -> new Outcome.Failed("outcome", "a", "b");
      case "measures" ->
          new Outcome.Measured(List.of(new Outcome.Prediction("m", row.number("predicted"), 10)));
      case "breaks" -> throw new IllegalStateException("a bug");
      default -> new Outcome.Unsupported(row.text("outcome") + " is not known");
    };
  }
}

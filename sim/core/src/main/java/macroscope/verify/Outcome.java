package macroscope.verify;

import java.util.List;
import java.util.Optional;

/** What replaying one row gave. */
public sealed interface Outcome {

  /** The model agrees with the row, bit for bit. */
  record Passed() implements Outcome {}

  /**
   * The model differs from the row.
   *
   * @param field the column in which it differs first
   * @param expected what the row says
   * @param got what the model says, spelled as the row spells it
   */
  record Failed(String field, String expected, String got) implements Outcome {}

  /** Macroscope has no model of what the row asks for. */
  record Unsupported(String reason) implements Outcome {}

  /** Predictions beside measurements; a measurement that the row leaves blank is left out. */
  record Measured(List<Prediction> predictions) implements Outcome {
    public Measured {
      predictions = List.copyOf(predictions);
    }
  }

  /**
   * One number predicted and measured, in the same unit.
   *
   * @param metric the column of the measurement
   * @param uncertainty how exactly the measurement is known; empty if the row does not say
   */
  record Prediction(
      String metric, double predicted, double measured, Optional<Uncertainty> uncertainty) {

    /** Of a row that does not say how exactly it is known. */
    public Prediction(String metric, double predicted, double measured) {
      this(metric, predicted, measured, Optional.empty());
    }
  }

  /** A format that has no place in the catalogue. */
  static Outcome unknownFormat(String name) {
    return new Unsupported("format " + VectorRow.shown(name) + " is not known");
  }
}

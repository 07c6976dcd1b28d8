package macroscope.accuracy;

import java.util.List;

/** How a network's outputs are judged, sample by sample. */
interface Scores {

  /** Means over samples with their standard errors, and paired differences to the float run. */
  List<Metric> metrics(Scores floatRun);

  /** Scores of a run's outputs; {@code reference} are the float run's. */
  static Scores of(Model model, Dataset data, double[][] outputs, double[][] reference) {
    return switch (model.task()) {
      case CLASSIFICATION, LANGUAGE_MODEL ->
          SampleScores.of(model.task(), data, outputs, reference);
      case RETRIEVAL -> RetrievalScores.of(outputs, reference);
      case REGRESSION -> RegressionScores.of(data, outputs, reference);
    };
  }
}

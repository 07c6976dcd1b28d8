package macroscope.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All schemes of the language models on all 256 windows, and all of the convolutional network. Takes
 * an hour, so it runs when asked for: {@code mvn -pl sim/core -am test
 * -Dtest=LanguageModelOracleCheck -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class LanguageModelOracleCheck {
  private static final Map<String, NetworkEvaluator> EVALUATORS = new LinkedHashMap<>();

  static Stream<OracleRow> everyScheme() {
    return Stream.of("mnist-cnn", "kjv-gpt", "kjv-gpt-outlier")
        .flatMap(
            model ->
                OracleRow.read(
                    model.startsWith("kjv") ? "kjv-public.csv" : "mnist-public.csv", model)
                    .stream());
  }

  @ParameterizedTest
  @MethodSource("everyScheme")
  void everyMetricIsThatOfTheOtherProgram(OracleRow row) {
    AccuracyResult result = evaluator(row.model()).evaluate(row.quantization(), 2, Progress.NONE);
    row.metrics()
        .forEach(
            (name, expected) ->
                assertThat(result.metric(name).orElseThrow().value())
                    .as(name)
                    .isCloseTo(expected, within(1e-8 * Math.max(1, expected))));
  }

  private static NetworkEvaluator evaluator(String name) {
    return EVALUATORS.computeIfAbsent(
        name,
        model -> {
          BuiltIn builtIn = BuiltIn.byName(model).orElseThrow();
          return new NetworkEvaluator(Baseline.of(builtIn.model(), builtIn.evaluationData(), 2));
        });
  }
}

package macroscope.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the accuracy of quantized networks against what another program found. */
class OracleTest {
  private static final double HALF_OF_THE_LAST_DIGIT = 0.5e-9;
  private static final double SUMMATION = 1e-12;
  private static final Map<String, NetworkEvaluator> EVALUATORS = new LinkedHashMap<>();

  static Stream<OracleRow> everySchemeOfTheMultilayerPerceptron() {
    return OracleRow.read("mnist-public.csv", "mnist-mlp").stream();
  }

  static Stream<OracleRow> someSchemesOfTheConvolutionalNetwork() {
    return OracleRow.read("mnist-public.csv", "mnist-cnn").stream()
        .filter(
            row ->
                Set.of("nvfp4", "rtn-e2m3").contains(row.scheme())
                    || row.granularity().equals("channel/tensor") && row.scheme().equals("w4a4"));
  }

  static Stream<OracleRow> someSchemesOfTheLanguageModels() {
    Set<String> plain = Set.of("fp32", "rtn-int4", "nf4", "w8a8", "w4a4", "fp8", "mxfp4", "nvfp4");
    return Stream.concat(
        OracleRow.read("kjv-first-8-windows.csv", "kjv-gpt").stream()
            .filter(row -> plain.contains(row.scheme())),
        OracleRow.read("kjv-first-8-windows.csv", "kjv-gpt-outlier").stream()
            .filter(row -> row.scheme().equals("mxint8")));
  }

  @ParameterizedTest
  @MethodSource({
    "everySchemeOfTheMultilayerPerceptron",
    "someSchemesOfTheConvolutionalNetwork",
    "someSchemesOfTheLanguageModels"
  })
  void everyDigitIsThatOfTheOtherProgram(OracleRow row) {
    AccuracyResult result = evaluator(row.model()).evaluate(row.quantization(), 2, Progress.NONE);
    row.metrics()
        .forEach(
            (name, expected) ->
                assertThat(value(result, name))
                    .as(name)
                    .isCloseTo(
                        expected, within(HALF_OF_THE_LAST_DIGIT + SUMMATION * Math.abs(expected))));
  }

  private static double value(AccuracyResult result, String metric) {
    return result.metric(metric).orElseThrow().value();
  }

  private static NetworkEvaluator evaluator(String model) {
    return EVALUATORS.computeIfAbsent(model, OracleTest::newEvaluator);
  }

  private static NetworkEvaluator newEvaluator(String name) {
    BuiltIn builtIn = BuiltIn.byName(name).orElseThrow();
    Dataset data = builtIn.evaluationData();
    Dataset used = builtIn.model().task() == Task.LANGUAGE_MODEL ? data.first(8) : data;
    return new NetworkEvaluator(Baseline.of(builtIn.model(), used, 2));
  }
}

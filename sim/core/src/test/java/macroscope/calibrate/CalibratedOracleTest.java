package macroscope.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import macroscope.accuracy.AccuracyResult;
import macroscope.accuracy.Baseline;
import macroscope.accuracy.BuiltIn;
import macroscope.accuracy.Dataset;
import macroscope.accuracy.Model;
import macroscope.accuracy.NetworkEvaluator;
import macroscope.accuracy.Progress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds networks that were calibrated against what another program found. */
class CalibratedOracleTest {
  private static final double HALF_OF_THE_LAST_DIGIT = 0.5e-9;
  private static final double SUMMATION = 1e-12;
  private static final int WINDOWS = 8;
  private static final Map<String, Baseline> BASELINES = new TreeMap<>();

  /** Each method once; {@link CalibratedOracleCheck} has all rows. */
  static Stream<CalibratedRow> rows() {
    List<CalibratedRow> all = CalibratedRow.read("kjv-calibrated-first-8-windows.csv");
    return Stream.of(
            "kjv-gpt gptq int3 fp32 group64",
            "kjv-gpt-outlier awq int4 fp32 group64",
            "kjv-gpt-outlier smoothquant int4 int4 channel/row")
        .map(
            name ->
                all.stream().filter(row -> row.toString().equals(name)).findFirst().orElseThrow());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyDigitIsThatOfTheOtherProgram(CalibratedRow row) {
    Baseline baseline = BASELINES.computeIfAbsent(row.model(), name -> baseline(name, WINDOWS));
    AccuracyResult result = evaluate(row, baseline, WINDOWS);
    row.metrics()
        .forEach(
            (name, expected) ->
                assertThat(result.metric(name).orElseThrow().value())
                    .as(name)
                    .isCloseTo(
                        expected, within(HALF_OF_THE_LAST_DIGIT + SUMMATION * Math.abs(expected))));
  }

  static Baseline baseline(String name, int windows) {
    BuiltIn builtIn = BuiltIn.byName(name).orElseThrow();
    return Baseline.of(builtIn.model(), builtIn.evaluationData().first(windows), 2);
  }

  static AccuracyResult evaluate(CalibratedRow row, Baseline baseline, int windows) {
    Model model = baseline.model();
    Dataset data = BuiltIn.byName(row.model()).orElseThrow().calibrationData().first(windows);
    Calibration found = row.pipeline().run(new CalibrationRun(model, data, row.quantization(), 2));
    return new NetworkEvaluator(baseline)
        .evaluate(found.around(found.on(row.quantization()).arithmetic()), 2, Progress.NONE);
  }
}

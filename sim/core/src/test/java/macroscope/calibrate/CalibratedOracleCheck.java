package macroscope.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import macroscope.accuracy.AccuracyResult;
import macroscope.accuracy.Baseline;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * As {@link CalibratedOracleTest}, all rows, calibrated on all 128 windows and evaluated on all 256.
 * Takes half an hour, so it runs when asked for: {@code mvn -pl sim/core -am test
 * -Dtest=CalibratedOracleCheck -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class CalibratedOracleCheck {
  private static final Map<String, Baseline> BASELINES = new TreeMap<>();

  static Stream<CalibratedRow> rows() {
    return CalibratedRow.read("kjv-calibrated-public.csv").stream();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyMetricIsThatOfTheOtherProgram(CalibratedRow row) {
    Baseline baseline =
        BASELINES.computeIfAbsent(row.model(), name -> CalibratedOracleTest.baseline(name, 256));
    AccuracyResult result = CalibratedOracleTest.evaluate(row, baseline, 128);
    row.metrics()
        .forEach(
            (name, expected) ->
                assertThat(result.metric(name).orElseThrow().value())
                    .as(name)
                    .isCloseTo(expected, within(1e-8 * Math.max(1, expected))));
  }
}

package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import macroscope.config.SweepLoader;
import macroscope.sweep.Evaluation;
import macroscope.sweep.Measurement;
import macroscope.sweep.MeasurementStore;
import macroscope.sweep.Objectives;
import macroscope.sweep.SweepEngine;
import macroscope.sweep.SweepObserver;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What docs/minifloats-on-fpga.md concludes, on a sample: shapes, not numbers. */
class MinifloatStudyTest {

  private static final String SWEEP =
      """
      name: sample
      title: Sample
      models: mnist-cnn
      samples: 200
      machines: systolic-16x16-ws
      technologies: fpga-lut6
      device: u280
      fronts:
        - {quality: kl_bits_to_fp32, cost: device_throughput}
      designs:
        - name: minifloats
          pairs:
            - {weights: "gen_e1m2_fin:channel", activations: "gen_e1m2_fin:tensor"}
            - {weights: "gen_e2m1_fin:channel", activations: "gen_e2m1_fin:tensor"}
            - {weights: "gen_e2m3_fin:channel", activations: "gen_e2m3_fin:tensor"}
            - {weights: "gen_e4m3_fin:channel", activations: "gen_e4m3_fin:tensor"}
            - {weights: "gen_e5m2_fin:channel", activations: "gen_e5m2_fin:tensor"}
          units:
            - {family: kulisch, length: 16, accumulator: weights}
        - name: integers
          pairs:
            - {weights: "int4:channel", activations: "int4:tensor"}
            - {weights: "int6:channel", activations: "int6:tensor"}
            - {weights: "int8:channel", activations: "int8:tensor"}
          units:
            - {family: integer_mac, length: 16, accumulator: weights}
      """;

  @TempDir private static Path folder;
  private static final Map<String, Evaluation> POINTS = new LinkedHashMap<>();

  @BeforeAll
  static void run() throws IOException {
    Path file = Files.writeString(folder.resolve("sample.yaml"), SWEEP);
    new SweepEngine(2, "test", new Memory(), SweepObserver.NONE)
        .run(SweepLoader.read(file).plan())
        .evaluations()
        .forEach(e -> POINTS.put(shortName(e.point().weights().name()), e));
  }

  private static String shortName(String format) {
    return format.replaceFirst("^gen_", "").replaceFirst("(_fin)?:.*", "");
  }

  private static final class Memory implements MeasurementStore {
    private final Map<String, Measurement> kept = new ConcurrentHashMap<>();

    @Override
    public Optional<Measurement> find(String key) {
      return Optional.ofNullable(kept.get(key));
    }

    @Override
    public void keep(String key, Measurement measurement) {
      kept.put(key, measurement);
    }
  }

  private static double of(String format, String objective) {
    return Objectives.find(objective)
        .orElseThrow()
        .value()
        .apply(POINTS.get(format))
        .orElseThrow()
        .value();
  }

  /** One exponent bit: the same evenly spaced numbers, as sign and magnitude. */
  @Test
  void oneExponentBitIsAnInteger() {
    assertThat(POINTS.get("e1m2").measurement().task().logitsDigest())
        .isEqualTo(POINTS.get("int4").measurement().task().logitsDigest());
  }

  @Test
  void andItsUnitIsSmallerThanThatOfTheInteger() {
    assertThat(of("e1m2", "datapath_area_per_throughput"))
        .isLessThan(of("int4", "datapath_area_per_throughput"));
  }

  /** At 8 bits exponents only cost precision. */
  @ParameterizedTest
  @CsvSource({"int8, e4m3", "e4m3, e5m2", "e2m3, e2m1"})
  void theFirstIsCloserToTheFloatRunThanTheSecond(String better, String worse) {
    assertThat(of(better, "kl_bits_to_fp32")).isLessThan(of(worse, "kl_bits_to_fp32"));
  }

  @ParameterizedTest
  @CsvSource({"e1m2, e2m1", "int8, e5m2", "e4m3, e5m2"})
  void exponentsCostLookupTables(String smaller, String larger) {
    assertThat(of(smaller, "datapath_area_per_throughput"))
        .isLessThan(of(larger, "datapath_area_per_throughput"));
  }

  /** Exact sums: the range of exponents decides the width. */
  @ParameterizedTest
  @CsvSource({"int8, e4m3", "e4m3, e5m2", "int4, e2m1"})
  void theWayBackToAFloatCostsMoreTheWiderTheSum(String narrower, String wider) {
    assertThat(conversion(narrower)).isLessThan(conversion(wider));
  }

  private static double conversion(String format) {
    return of(format, "area_per_throughput") - of(format, "datapath_area_per_throughput");
  }

  @ParameterizedTest
  @CsvSource({"e2m1, int8", "int4, e4m3"})
  void fewerBitsFitADeviceMoreOften(String more, String fewer) {
    assertThat(of(more, "device_throughput")).isGreaterThan(of(fewer, "device_throughput"));
  }
}

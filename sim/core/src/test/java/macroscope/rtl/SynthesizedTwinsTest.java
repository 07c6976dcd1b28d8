package macroscope.rtl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import macroscope.hardware.Pipeline;
import macroscope.unit.FusedDotSpec;
import macroscope.unit.Units;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The committed results of synthesis have every kind of twin. */
class SynthesizedTwinsTest {

  private static Map<String, CSVRecord> rows = Map.of();
  private static Map<String, Twin> twins = Map.of();

  @BeforeAll
  static void read() throws IOException {
    rows = SynthesisResults.read();
    twins =
        rows.keySet().stream()
            .collect(
                Collectors.toMap(
                    name -> name,
                    name -> Twins.named(name, unit -> Units.named(unit).orElseThrow())));
  }

  /** Packed units are all slices, which no law prices; {@link PackedMacTwinTest} counts them. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PACKED_MAC")
  void everyFamilyIsSynthesizedInThreeSettings(TwinFamily family) {
    assertThat(twins.values())
        .filteredOn(twin -> twin.family() == family)
        .hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void thirtyUnitsAreSynthesized() {
    assertThat(rows).hasSizeGreaterThanOrEqualTo(30);
  }

  @Test
  void latencyAndIntervalAreThoseOfThePipelines() {
    assertThat(rows)
        .allSatisfy(
            (name, row) -> {
              Pipeline pipeline = twins.get(name).pipeline();
              assertThat(List.of(row.get("latency_cycles"), row.get("interval_cycles")))
                  .containsExactly(
                      Integer.toString(pipeline.latency()),
                      Integer.toString(pipeline.initiationInterval()));
            });
  }

  /** Binary32, and binary32 whose low ten bits are not computed, e8m13. */
  @ParameterizedTest
  @ValueSource(ints = {23, 13})
  void fusedUnitsOfBothOutputsAreSynthesized(int outputFractionBits) {
    Stream<FusedDotSpec> fused =
        rows.keySet().stream()
            .flatMap(name -> Units.named(name.replaceFirst(" in .*", "")).stream())
            .flatMap(unit -> unit instanceof FusedDotSpec spec ? Stream.of(spec) : Stream.empty());
    assertThat(fused)
        .anyMatch(
            spec ->
                spec.accumulator().bits() == 32 && spec.outputFractionBits() == outputFractionBits);
  }
}

package macroscope.rtl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import macroscope.unit.Units;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every Verilog twin computes the bits of its Java model in the cycles of its pipeline, under Icarus
 * Verilog. Without the simulator these tests fail: {@code ./test} installs it.
 */
class CoSimulationTest {

  private static final int SUMS = 120;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "integer_mac:a=int8,length=8,accumulator_bits=26",
        "integer_mac:a=uint8,b=int4,length=5,accumulator_bits=16,saturating=true",
        "integer_mac:a=int4,b=uint8,length=1,accumulator_bits=12",
        "integer_mac:a=uint4,length=7,accumulator_bits=10,saturating=true",
      })
  void resultsHaveTheBitsAndCyclesOfTheJavaModel(String unit) throws IOException {
    Twin twin = Twins.of(Units.named(unit).orElseThrow());
    RtlFolder.write(twin, twin.stimulus(1, SUMS), folder);
    Icarus.Comparison comparison = Icarus.simulate(folder);
    assertThat(comparison.equal()).as(comparison.toString()).isTrue();
  }
}

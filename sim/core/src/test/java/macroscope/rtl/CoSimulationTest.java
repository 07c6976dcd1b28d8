package macroscope.rtl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import macroscope.rtl.Stimulus.Output;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every Verilog twin computes the bits of its Java model in the cycles of its pipeline, under Icarus
 * Verilog. Without the simulator these tests fail: {@code ./test} installs it.
 */
class CoSimulationTest {

  private static final int SUMS = 60;
  private static final String UNIT = "integer_mac:a=int4,length=2,accumulator_bits=12";

  @TempDir private Path folder;

  static Stream<Named<Twin>> twins() {
    return TwinSettings.all().stream().map(twin -> Named.of(twin.name(), twin));
  }

  @ParameterizedTest
  @MethodSource("twins")
  void resultsHaveTheBitsAndCyclesOfTheJavaModel(Twin twin) throws IOException {
    Comparison comparison = simulate(twin, twin.stimulus(1, SUMS));
    assertThat(comparison.equal()).as(comparison.toString()).isTrue();
  }

  @Test
  void aResultWithAnotherBitIsWrong() throws IOException {
    assertThat(
            withLastOutput(output -> new Output(output.edge(), output.word().flipBit(0))).wrong())
        .isEqualTo(1);
  }

  @Test
  void aResultInAnotherCycleIsWrong() throws IOException {
    assertThat(withLastOutput(output -> new Output(output.edge() + 1, output.word())).wrong())
        .isEqualTo(1);
  }

  @Test
  void aResultThatNobodyExpectsIsWrong() throws IOException {
    Twin twin = twin();
    Stimulus stimulus = twin.stimulus(1, SUMS);
    List<Output> fewer = stimulus.outputs().subList(0, stimulus.outputs().size() - 1);
    assertThat(simulate(twin, new Stimulus(stimulus.beats(), fewer)).equal()).isFalse();
  }

  @Test
  void unknownBitsAreWrong() throws IOException {
    Twin twin = twin();
    RtlFolder.write(twin, twin.stimulus(1, SUMS), folder);
    Path module = folder.resolve("adder.v");
    Files.writeString(module, Files.readString(module).replace("x + y", "{BITS{1'bx}}"));
    Comparison comparison = Icarus.simulate(folder);
    assertThat(comparison.wrong()).isEqualTo(comparison.expected());
  }

  @Test
  void theSameSeedGivesTheSameStimulus() {
    assertThat(twin().stimulus(7, SUMS)).isEqualTo(twin().stimulus(7, SUMS));
  }

  private interface Change {
    Output apply(Output output);
  }

  private Comparison withLastOutput(Change change) throws IOException {
    Twin twin = twin();
    Stimulus stimulus = twin.stimulus(1, SUMS);
    List<Output> outputs = new ArrayList<>(stimulus.outputs());
    outputs.add(change.apply(outputs.remove(outputs.size() - 1)));
    return simulate(twin, new Stimulus(stimulus.beats(), outputs));
  }

  private static Twin twin() {
    return TwinSettings.named(UNIT);
  }

  private Comparison simulate(Twin twin, Stimulus stimulus) throws IOException {
    RtlFolder.write(twin, stimulus, folder);
    return Icarus.simulate(folder);
  }
}

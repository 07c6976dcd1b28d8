package macroscope.rtl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import macroscope.rtl.Stimulus.Output;
import macroscope.unit.Units;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every Verilog twin computes the bits of its Java model in the cycles of its pipeline, under Icarus
 * Verilog. Without the simulator these tests fail: {@code ./test} installs it.
 */
class CoSimulationTest {

  private static final int SUMS = 60;
  private static final String UNIT = "integer_mac:a=int4,length=2,accumulator_bits=12";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "integer_mac:a=int8,length=8,accumulator_bits=26",
        "integer_mac:a=uint8,b=int4,length=5,accumulator_bits=16,saturating=true",
        "integer_mac:a=int4,b=uint8,length=1,accumulator_bits=12",
        "integer_mac:a=uint4,length=7,accumulator_bits=10,saturating=true",
        "kulisch:a=e2m1fn,length=1,terms=1024,output=binary16",
        "kulisch:a=e4m3fn,b=e3m2fn,length=3,terms=96",
        "kulisch:a=gen_e3m3_fin,length=2,terms=64,output=gen_e4m3_fin",
        "kulisch:a=p3109_k6p3se,b=ue4m3,length=2,terms=32,output=e5m2",
        "fused:a=e4m3fn,length=4,kept_fraction_bits=13,output_fraction_bits=13",
        "fused:a=binary16,length=4,group_length=2,kept_fraction_bits=24",
        "fused:a=bfloat16,length=2,kept_fraction_bits=25",
        "fused:a=e5m2,b=e4m3fn,length=3,kept_fraction_bits=20,output=binary16,rounding=ties_to_even",
        "block_scaled:a=e4m3fn,length=4,kept_fraction_bits=25,block_length=32",
        "block_scaled:a=e2m1fn,length=8,kept_fraction_bits=25,block_length=4",
        "block_scaled:a=e5m2,b=e4m3fn,length=4,group_length=2,kept_fraction_bits=13,block_length=4",
        "bit_serial:activations=int8,weights=int4,length=8,table_inputs=4,half_tables=true",
        "bit_serial:activations=int4,weights=int2,length=6,table_inputs=3,half_tables=true,"
            + "folded_signs=true,accumulator=int16",
        "bit_serial:activations=int8,weights=int3,length=4,table_inputs=2",
        "bit_serial:activations=int4,weights=int4,length=4,table_inputs=2,digits=binary,tabled=right",
        "bit_serial:activations=int8,weights=int3,length=2,table_inputs=1",
        "ternary:a=int8,length=5",
        "ternary:a=uint4,length=2,accumulator_bits=9,saturating=true",
        "ternary:a=int4,length=1,accumulator_bits=8",
        "log_multiplier:a=e4m3fn,length=2,accumulation=fixed,terms=64",
        "log_multiplier:a=gen_e3m3_fin,b=e5m2,length=3,accumulation=fixed,terms=64,offset=none",
        "log_multiplier:a=bfloat16,b=e2m1fn,length=1,accumulation=fixed,terms=16,output=binary16",
      })
  void resultsHaveTheBitsAndCyclesOfTheJavaModel(String unit) throws IOException {
    Twin twin = Twins.of(Units.named(unit).orElseThrow());
    Icarus.Comparison comparison = simulate(twin, twin.stimulus(1, SUMS));
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
    Icarus.Comparison comparison = Icarus.simulate(folder);
    assertThat(comparison.wrong()).isEqualTo(comparison.expected());
  }

  @Test
  void theSameSeedGivesTheSameStimulus() {
    assertThat(twin().stimulus(7, SUMS)).isEqualTo(twin().stimulus(7, SUMS));
  }

  private interface Change {
    Output apply(Output output);
  }

  private Icarus.Comparison withLastOutput(Change change) throws IOException {
    Twin twin = twin();
    Stimulus stimulus = twin.stimulus(1, SUMS);
    List<Output> outputs = new ArrayList<>(stimulus.outputs());
    outputs.add(change.apply(outputs.remove(outputs.size() - 1)));
    return simulate(twin, new Stimulus(stimulus.beats(), outputs));
  }

  private static Twin twin() {
    return Twins.of(Units.named(UNIT).orElseThrow());
  }

  private Icarus.Comparison simulate(Twin twin, Stimulus stimulus) throws IOException {
    RtlFolder.write(twin, stimulus, folder);
    return Icarus.simulate(folder);
  }
}

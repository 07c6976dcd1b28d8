package macroscope.rtl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Netlists are proven to be the Verilog that they were synthesized from, and one bit of it matters. */
class EquivalenceTest {

  private static final String UNIT = "integer_mac:a=int4,length=1,accumulator_bits=18";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        UNIT,
        "ternary:a=int8,length=1",
        "kulisch:a=e2m1fn,length=1,terms=32,output=gen_e4m3_fin",
      })
  void theNetlistOfASentinelIsItsVerilog(String unit) throws IOException {
    assertThat(proven(TwinSettings.named(unit))).isTrue();
  }

  @Test
  void oneInvertedBitIsNotProven() throws IOException {
    Twin twin = TwinSettings.named(UNIT);
    Synthesis.of(twin, SynthesisTarget.OSU018, folder);
    Path adder = folder.resolve("adder.v");
    Files.writeString(adder, Files.readString(adder).replace("x + y", "(x + y) ^ 1'b1"));
    assertThat(Equivalence.proven(twin, folder)).isFalse();
  }

  private boolean proven(Twin twin) throws IOException {
    Synthesis.of(twin, SynthesisTarget.OSU018, folder);
    return Equivalence.proven(twin, folder);
  }
}

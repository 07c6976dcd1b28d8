package macroscope.rtl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import macroscope.rtl.MutantHunt.Fate;
import macroscope.rtl.VerilogMutants.Mutant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes in the Verilog are caught; {@code MutantCheck} hunts all of them. */
class MutantTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"absolute", "adder", "adder_tree", "conditional_negate"})
  void everyMistakeInTheArithmeticIsCaught(String module) throws IOException {
    Twin twin = TwinSettings.named("kulisch:a=e4m3fn,b=e3m2fn,length=3,terms=96");
    MutantHunt hunt = new MutantHunt(folder, List.of(twin), 40);
    for (Mutant mutant : VerilogMutants.of(module)) {
      assertThat(hunt.fate(mutant)).as(mutant.toString()).isEqualTo(Fate.CAUGHT);
    }
  }

  @Test
  void aMutantDiffersInOneLine() {
    Mutant mutant = VerilogMutants.of("adder").get(0);
    assertThat(mutant.source())
        .isEqualTo(VerilogLibrary.source("adder").replace(mutant.was(), mutant.is()));
  }
}

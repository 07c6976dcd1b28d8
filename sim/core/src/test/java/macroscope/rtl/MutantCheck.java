package macroscope.rtl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import macroscope.rtl.VerilogMutants.Mutant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every mutant of every module of the Verilog library, a few minutes: {@code mvn -pl sim/core -am test
 * -Dtest=MutantCheck -Dsurefire.failIfNoSpecifiedTests=false} prints how many are caught and which are
 * not.
 */
class MutantCheck {

  @TempDir private Path folder;

  @Test
  void nineteenOfTwentyMutantsAreCaught() throws IOException {
    List<Twin> twins = TwinSettings.all();
    TreeSet<String> modules = new TreeSet<>(List.of("valid_pipe"));
    for (Twin twin : twins) {
      modules.add(twin.design().module());
      modules.addAll(twin.design().modules());
    }
    List<Mutant> mutants = new ArrayList<>();
    modules.forEach(module -> mutants.addAll(VerilogMutants.of(module)));
    MutantHunt.Result result = new MutantHunt(folder, twins, 60).hunt(mutants);
    System.out.printf(
        "%d mutants: %d do not compile, %d caught, %d not:%n",
        mutants.size(), result.refused(), result.caught(), result.survivors().size());
    result.survivors().forEach(System.out::println);
    assertThat(result.survivors().size() * 20).isLessThan(mutants.size());
  }
}

package macroscope.rtl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import macroscope.rtl.MutantHunt.Fate;
import macroscope.rtl.VerilogMutants.Mutant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every mutant of every module of the Verilog library, some twenty minutes of processor time: {@code mvn
 * -pl sim/core -am test -Dtest=MutantCheck -Dsurefire.failIfNoSpecifiedTests=false} prints how many are
 * caught, how many are proven to be no mistakes, and the others one by one. {@code -Dmodules=REGEX} takes
 * those of some modules.
 */
class MutantCheck {

  private static final int SUMS = 60;

  @TempDir private Path folder;

  @Test
  void nineteenOfTwentyMistakesAreCaught() throws IOException {
    List<Twin> twins = TwinSettings.all();
    TreeSet<String> modules = new TreeSet<>(TopModule.MODULES);
    for (Twin twin : twins) {
      modules.add(twin.design().module());
      modules.addAll(twin.design().modules());
    }
    modules.removeIf(module -> !module.matches(System.getProperty("modules", ".*")));
    MutantHunt hunt = new MutantHunt(folder, twins, SUMS);
    Map<Fate, Integer> fates = new EnumMap<>(Fate.class);
    for (String module : modules) {
      for (Mutant mutant : VerilogMutants.of(module)) {
        Fate fate = hunt.fate(mutant);
        fates.merge(fate, 1, Integer::sum);
        if (fate != Fate.CAUGHT && fate != Fate.REFUSED) {
          System.out.println(fate + " " + mutant);
        }
      }
      System.out.println("up to " + module + ": " + fates);
    }
    int missed = fates.getOrDefault(Fate.SURVIVED, 0) + fates.getOrDefault(Fate.UNREACHED, 0);
    assertThat(missed * 20).isLessThan(fates.getOrDefault(Fate.CAUGHT, 0));
  }
}

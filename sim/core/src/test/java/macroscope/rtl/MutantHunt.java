package macroscope.rtl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import macroscope.rtl.VerilogMutants.Mutant;

/**
 * Simulates mutants of the Verilog library against the Java models until one result is wrong, in the
 * settings that use the module, the quickest first. What no setting finds is compared with the right
 * module by ABC, in every setting whose simulation it changes.
 */
final class MutantHunt {

  /** What becomes of a mutant. */
  enum Fate {
    /** It does not compile. */
    REFUSED,
    /** A result is wrong. */
    CAUGHT,
    /** Proven to compute the same as the right module in every setting that it changes. */
    EQUIVALENT,
    /** It changes no setting: none takes its branch, or the compiler finds it to be the same. */
    UNREACHED,
    SURVIVED
  }

  /** One setting, written out and compiled. */
  private record Setting(Design design, Path path, String compiled, long nanoseconds) {

    boolean uses(String module) {
      return design.module().equals(module)
          || design.modules().contains(module)
          || TopModule.MODULES.contains(module);
    }
  }

  private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-f]{6,}");

  private final List<Setting> settings = new ArrayList<>();
  private Optional<Setting> last = Optional.empty();

  /**
   * Writes out and compiles the twins that mutants are put into.
   *
   * @param sums sums of each
   */
  MutantHunt(Path root, List<Twin> twins, int sums) throws IOException {
    for (Twin twin : twins) {
      Path path = root.resolve(Integer.toString(settings.size()));
      RtlFolder.write(twin, twin.stimulus(1, sums), path);
      long start = System.nanoTime();
      Icarus.simulate(path);
      long nanoseconds = System.nanoTime() - start;
      settings.add(new Setting(twin.design(), path, compiled(path), nanoseconds));
    }
    settings.sort(Comparator.comparingLong(Setting::nanoseconds));
  }

  Fate fate(Mutant mutant) throws IOException {
    List<Setting> changed = new ArrayList<>();
    List<Setting> order = new ArrayList<>(settings);
    // What found the mutant before this one finds most of its module's.
    last.filter(order::remove).ifPresent(setting -> order.add(0, setting));
    for (Setting setting : order) {
      if (setting.uses(mutant.module())) {
        Path file = setting.path.resolve(mutant.module() + ".v");
        String right = Files.readString(file);
        Files.writeString(file, mutant.source());
        try {
          Icarus.compile(setting.path);
          if (!compiled(setting.path).equals(setting.compiled)) {
            changed.add(setting);
            if (!Icarus.run(setting.path, List.of(Testbench.FIRST_WRONG)).equal()) {
              last = Optional.of(setting);
              return Fate.CAUGHT;
            }
          }
        } catch (IOException e) {
          return Fate.REFUSED;
        } finally {
          Files.writeString(file, right);
        }
      }
    }
    return changed.isEmpty() ? Fate.UNREACHED : proven(mutant, changed);
  }

  private static Fate proven(Mutant mutant, List<Setting> changed) throws IOException {
    for (Setting setting : changed) {
      Path file = setting.path.resolve(mutant.module() + ".v");
      String right = Files.readString(file);
      List<String> sources = new ArrayList<>(RtlFolder.library(setting.design).keySet());
      TopModule.MODULES.forEach(module -> sources.add(module + ".v"));
      sources.add(TopModule.NAME + ".v");
      List<String> distinct = sources.stream().distinct().toList();
      try {
        LogicNetwork gold = LogicNetwork.ofSources(setting.path, distinct, "right.blif");
        Files.writeString(file, mutant.source());
        if (!gold.provenEqual(LogicNetwork.ofSources(setting.path, distinct, "mutant.blif"))) {
          return Fate.SURVIVED;
        }
      } finally {
        Files.writeString(file, right);
      }
    }
    return Fate.EQUIVALENT;
  }

  /** What the compiler made, its addresses numbered as they come. */
  private static String compiled(Path folder) throws IOException {
    String text = Files.readString(folder.resolve(Icarus.COMPILED), StandardCharsets.ISO_8859_1);
    Map<String, String> numbers = new HashMap<>();
    return ADDRESS
        .matcher(text)
        .replaceAll(
            address -> numbers.computeIfAbsent(address.group(), any -> "@" + numbers.size()));
  }
}

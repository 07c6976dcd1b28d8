package macroscope.rtl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import macroscope.rtl.VerilogMutants.Mutant;

/** Simulates mutants of the Verilog library against the Java models until one result is wrong. */
final class MutantHunt {

  /** What became of mutants; one that does not compile is counted as refused. */
  record Result(int caught, int refused, List<Mutant> survivors) {}

  private record Folder(Design design, Path path) {}

  private final List<Folder> folders = new ArrayList<>();

  /**
   * Writes out the twins that mutants are put into.
   *
   * @param sums sums of each
   */
  MutantHunt(Path root, List<Twin> twins, int sums) throws IOException {
    for (Twin twin : twins) {
      Path path = root.resolve(Integer.toString(folders.size()));
      RtlFolder.write(twin, twin.stimulus(1, sums), path);
      folders.add(new Folder(twin.design(), path));
    }
  }

  Result hunt(List<Mutant> mutants) throws IOException {
    int caught = 0;
    int refused = 0;
    List<Mutant> survivors = new ArrayList<>();
    for (Mutant mutant : mutants) {
      Optional<Boolean> found = found(mutant);
      if (found.isEmpty()) {
        refused++;
      } else if (found.get()) {
        caught++;
      } else {
        survivors.add(mutant);
      }
    }
    return new Result(caught, refused, survivors);
  }

  /** Whether a result is wrong; empty if the mutant does not compile. */
  private Optional<Boolean> found(Mutant mutant) throws IOException {
    for (Folder folder : folders) {
      if (uses(folder.design, mutant.module())) {
        Path file = folder.path.resolve(mutant.module() + ".v");
        String right = Files.readString(file);
        try {
          Files.writeString(file, mutant.source());
          if (!Icarus.simulate(folder.path).equal()) {
            return Optional.of(true);
          }
        } catch (IOException e) {
          return Optional.empty();
        } finally {
          Files.writeString(file, right);
        }
      }
    }
    return Optional.of(false);
  }

  private static boolean uses(Design design, String module) {
    return design.module().equals(module)
        || design.modules().contains(module)
        || TopModule.MODULES.contains(module);
  }
}

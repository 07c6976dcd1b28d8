package macroscope.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import macroscope.report.RunInputs;
import macroscope.search.SearchPlan;
import macroscope.sweep.Sha256;
import macroscope.sweep.SweepPlan;

/**
 * A sweep file read, checked and written out.
 *
 * @param searches what to run, and what to search it for
 * @param threads measurements at a time, if the file says
 * @param text of the file
 * @param files what was read, with digests
 */
public record SweepLoader(
    SearchPlan searches, Optional<Integer> threads, String text, List<RunInputs.File> files) {

  /** The designs of the file. */
  public SweepPlan plan() {
    return searches.sweep();
  }

  /**
   * Reads a sweep and everything that it names.
   *
   * @throws macroscope.input.InputException naming file, line and key for whatever cannot run
   */
  public static SweepLoader read(Path path) {
    SweepFile file = Yaml.read(path, SweepFile.class);
    SearchPlan plan = new SweepExpansion(file).searchPlan();
    file.threads().ifPresent(SweepLoader::requirePositive);
    List<RunInputs.File> files = new ArrayList<>();
    files.add(input("sweep", path.toString(), path));
    file.machines()
        .values()
        .forEach(m -> files.add(shipped("machine", m.value(), MachineFile.shipped())));
    file.technologies()
        .values()
        .forEach(t -> files.add(input("technology", t.value(), TechnologyFile.file(t.value()))));
    unitNames(file)
        .filter(name -> UnitNames.file(name).isPresent())
        .distinct()
        .forEach(name -> files.add(shipped("unit", name, UnitFile.shipped())));
    return new SweepLoader(plan, file.threads().map(Located::value), text(path), files);
  }

  /** What may name a unit that has a file. */
  private static Stream<String> unitNames(SweepFile file) {
    Stream<String> designs =
        file.designs().stream()
            .flatMap(block -> block.units().stream())
            .filter(UnitAxes.Preset.class::isInstance)
            .flatMap(axes -> ((UnitAxes.Preset) axes).name().values().stream())
            .map(Located::value);
    Stream<String> reference =
        file.comparison().stream().flatMap(block -> block.reference().stream()).map(Located::value);
    return Stream.concat(designs, reference);
  }

  /** Tells sweep files apart. */
  public String digest() {
    return Sha256.of(text);
  }

  private static void requirePositive(Located<Integer> threads) {
    if (threads.value() < 1) {
      throw threads.place().refuse("must be at least 1: " + threads.value());
    }
  }

  /** A shipped file is told by its name, so that no folder of this machine gets into a report. */
  private static RunInputs.File shipped(String what, String name, ConfigFolder folder) {
    return input(what, name, folder.resolve(name));
  }

  private static RunInputs.File input(String what, String name, Path path) {
    return new RunInputs.File(what, name, Sha256.of(text(path)));
  }

  private static String text(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw Place.of(path.toString()).refuse("cannot be read: " + e.getMessage());
    }
  }
}

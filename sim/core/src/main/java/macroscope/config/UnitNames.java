package macroscope.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import macroscope.unit.Instruction;
import macroscope.unit.UnitSpec;
import macroscope.unit.Units;

/**
 * Units by what people call them: a file of {@code configs/units} by its name, another file by its
 * path, an instruction, or parameters spelled {@code family:key=value,...}.
 */
public final class UnitNames {

  private UnitNames() {}

  /**
   * The unit of a name.
   *
   * @throws IllegalArgumentException with the names next to it if there is none
   */
  public static UnitSpec find(String name) {
    return file(name)
        .map(UnitFile::read)
        .or(() -> Units.named(name))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "must be the name of a unit: " + name + Names.hint(name, all())));
  }

  /** The file that describes a unit, if one does. */
  static Optional<Path> file(String name) {
    boolean isFile = name.endsWith(".yaml") || UnitFile.shipped().names().contains(name);
    return isFile ? Optional.of(UnitFile.shipped().resolve(name)) : Optional.empty();
  }

  private static List<String> all() {
    return Stream.concat(
            UnitFile.shipped().names().stream(), Units.all().stream().map(Instruction::name))
        .toList();
  }
}

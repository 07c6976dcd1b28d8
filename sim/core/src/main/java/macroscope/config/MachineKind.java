package macroscope.config;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What a machine's file describes: its key {@code kind}, an array of units where it is missing. */
public enum MachineKind {
  SYSTOLIC,
  GPU,
  CPU,
  ROW_STATIONARY,
  TILE_MATRIX,
  LOOKUP_SLICES,
  CLUSTER,
  FOLDED;

  /** The kind of the machine in a file. */
  public static MachineKind of(Path file) {
    YamlNode tree = YamlTree.parse(file.toString(), Yaml.text(file));
    if (tree instanceof YamlNode.Mapping mapping) {
      return Optional.ofNullable(mapping.entries().get("kind"))
          .map(node -> (MachineKind) Scalars.bind(node, MachineKind.class))
          .orElse(SYSTOLIC);
    }
    throw tree.place().refuse("must be a mapping of keys to values, not " + tree.kind());
  }

  /** Refuses a file whose machine is of another kind. */
  void require(Path file) {
    MachineKind kind = of(file);
    if (kind != this) {
      throw Place.of(file.toString())
          .refuse("must describe a machine of kind " + this + ", not " + kind);
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

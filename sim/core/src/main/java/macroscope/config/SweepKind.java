package macroscope.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Kinds of sweep file, told apart by a key that only one kind has. */
public enum SweepKind {
  /** Formats over random matrices. */
  QSNR("matrices"),
  /** Errors of matrix products. */
  GEMM_ERROR("operands"),
  /** Costs of units along a parameter. */
  UNIT_CURVES("charts"),
  /** Design spaces. */
  DESIGNS("designs");

  private final String key;

  SweepKind(String key) {
    this.key = key;
  }

  /** The kind of a file; what has no key of another kind, or is no readable YAML, is a design space. */
  public static SweepKind of(Path file) {
    if (Files.isRegularFile(file)
        && YamlTree.parse(file.toString(), Yaml.text(file)) instanceof YamlNode.Mapping mapping) {
      return Arrays.stream(values())
          .filter(kind -> mapping.entries().containsKey(kind.key))
          .findFirst()
          .orElse(DESIGNS);
    }
    return DESIGNS;
  }
}

package macroscope.config;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import macroscope.elementwise.RowUnits;
import macroscope.unit.Datapath;
import macroscope.unit.Instruction;
import macroscope.unit.UnitSpec;
import macroscope.unit.Units;

/**
 * Units by what people call them: a file of {@code configs/units} by its name, another file by its
 * path, an instruction, a published datapath, or parameters spelled {@code family:key=value,...}; any of
 * these with options.
 */
public final class UnitNames {

  /** Names that a message lists before it says how many more there are. */
  private static final int LISTED = 3;

  private static final int LONG_WORD = 4;

  private UnitNames() {}

  /**
   * The unit of a name.
   *
   * @throws IllegalArgumentException with the names next to it if there is none
   */
  public static UnitSpec find(String name) {
    return named(name)
        .orElseThrow(
            () -> new IllegalArgumentException("must be the name of a unit: " + name + hint(name)));
  }

  private static Optional<UnitSpec> named(String name) {
    return Units.named(name, other -> file(other).map(UnitFile::read));
  }

  /**
   * Whether a unit has exactly this name.
   *
   * @throws IllegalArgumentException if it has and its parameters are wrong
   */
  public static boolean isUnit(String name) {
    return named(name).isPresent();
  }

  /** Shipped units, instructions, datapaths and units on rows, of whose names {@code part} is a part, in any case. */
  public static List<String> containing(String part) {
    String lower = part.toLowerCase(Locale.ROOT);
    return all().stream().filter(name -> name.contains(lower)).toList();
  }

  /** What might have been meant: a name few letters away, else names with most of its words. */
  private static String hint(String name) {
    return Names.meant(name, all()).orElseGet(() -> similar(name));
  }

  private static String similar(String name) {
    List<String> like = containing(name);
    if (like.isEmpty()) {
      like = withMostWords(name);
    }
    return like.isEmpty()
        ? "; units lists all"
        : "; similar are "
            + String.join(", ", like.subList(0, Math.min(LISTED, like.size())))
            + (like.size() > LISTED ? " and " + (like.size() - LISTED) + " more" : "");
  }

  /** The names that share the most words, at least half of them, with a misspelt one. */
  private static List<String> withMostWords(String name) {
    String[] words = words(name);
    long most = all().stream().mapToLong(known -> shared(words, known)).max().orElse(0);
    return 2 * most < words.length
        ? List.of()
        : all().stream().filter(known -> shared(words, known) == most).toList();
  }

  private static String[] words(String name) {
    return name.toLowerCase(Locale.ROOT).split("[._+]");
  }

  private static long shared(String[] words, String known) {
    String[] others = words(known);
    return Arrays.stream(words)
        .filter(word -> Arrays.stream(others).anyMatch(other -> alike(word, other)))
        .count();
  }

  /** Whether words are the same but for one letter of a long one. */
  private static boolean alike(String a, String b) {
    return a.equals(b) || (a.length() >= LONG_WORD && Names.distance(a, b) <= 1);
  }

  /** The file that describes a unit, if one does. */
  static Optional<Path> file(String name) {
    boolean isFile = name.endsWith(".yaml") || UnitFile.shipped().names().contains(name);
    return isFile ? Optional.of(UnitFile.shipped().resolve(name)) : Optional.empty();
  }

  private static List<String> all() {
    return Stream.of(
            UnitFile.shipped().names().stream(),
            Units.all().stream().map(Instruction::name),
            Datapath.all().stream().map(Datapath::name),
            RowUnits.all().stream().map(RowUnits.Entry::name))
        .flatMap(names -> names)
        .toList();
  }
}

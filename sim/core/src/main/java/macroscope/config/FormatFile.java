package macroscope.config;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import macroscope.format.CodebookFormat;
import macroscope.format.FloatFormat;
import macroscope.format.IntegerFormat;
import macroscope.format.SpecialValues;
import macroscope.format.ZeroExponent;
import macroscope.input.InputException;
import macroscope.tensor.FormatCatalogue;
import macroscope.tensor.ScaleLevel;
import macroscope.tensor.TensorFormat;

/**
 * A file of {@code configs/formats}: number formats under names of their own, one a line or more.
 *
 * @param description what they are
 * @param formats in any order; blocks may name the others, also those of other files
 */
public record FormatFile(String description, List<Entry> formats) {

  private static final String FOLDERS = "MACROSCOPE_FORMATS";

  /** One format. */
  @Tagged("kind")
  public sealed interface Entry permits Minifloat, FixedPoint, Codebook, Block {
    /** The catalogue and this format. */
    FormatCatalogue addTo(FormatCatalogue catalogue);
  }

  /**
   * A binary float.
   *
   * @param signed true if missing
   * @param bias 2^(exponentBits-1) - 1 if missing
   * @param zeroExponent what exponent field 0 means; subnormal if missing
   * @param source where it is defined
   */
  public record Minifloat(
      String name,
      Optional<Boolean> signed,
      int exponentBits,
      int fractionBits,
      Optional<Integer> bias,
      SpecialValues specials,
      Optional<ZeroExponent> zeroExponent,
      String source,
      Place place)
      implements Entry {
    @Override
    public FormatCatalogue addTo(FormatCatalogue catalogue) {
      return place.checked(() -> catalogue.with(format()));
    }

    private FloatFormat format() {
      int usual = exponentBits < 1 || exponentBits > 30 ? 0 : (1 << (exponentBits - 1)) - 1;
      return new FloatFormat(
          name,
          signed.orElse(true),
          exponentBits,
          fractionBits,
          bias.orElse(usual),
          specials,
          zeroExponent.orElse(ZeroExponent.SUBNORMAL));
    }
  }

  /**
   * An integer or a fixed-point number.
   *
   * @param signed true if missing
   * @param fractionBits 0 if missing
   * @param symmetric whether the most negative code is left out; false if missing
   * @param source where it is defined
   */
  public record FixedPoint(
      String name,
      int bits,
      Optional<Boolean> signed,
      Optional<Integer> fractionBits,
      Optional<Boolean> symmetric,
      String source,
      Place place)
      implements Entry {
    @Override
    public FormatCatalogue addTo(FormatCatalogue catalogue) {
      return place.checked(() -> catalogue.with(format()));
    }

    private IntegerFormat format() {
      return new IntegerFormat(
          name, bits, signed.orElse(true), symmetric.orElse(false), fractionBits.orElse(0));
    }
  }

  /**
   * A table.
   *
   * @param values that of code 0, of code 1, ...
   * @param source where they are from
   */
  public record Codebook(String name, List<Double> values, String source, Place place)
      implements Entry {
    @Override
    public FormatCatalogue addTo(FormatCatalogue catalogue) {
      return place.checked(() -> catalogue.with(new CodebookFormat(name, values)));
    }
  }

  /**
   * Elements under scales.
   *
   * @param element a scalar format
   * @param levels scales, outermost first
   * @param source where it is defined
   */
  public record Block(String name, String element, List<Level> levels, String source, Place place)
      implements Entry {
    @Override
    public FormatCatalogue addTo(FormatCatalogue catalogue) {
      List<ScaleLevel> scales = levels.stream().map(level -> level.of(catalogue)).toList();
      return place.checked(
          () -> catalogue.with(new TensorFormat(name, catalogue.scalar(element), scales)));
    }
  }

  /**
   * A level of scales.
   *
   * @param elements that share a scale: {@code tensor, channel, group32, tile16x16}
   * @param scale how it is stored; real if missing
   * @param rule how it is found; absmax if missing
   * @param zeroPoint how the code of zero is stored beside it; none if missing
   */
  public record Level(
      String elements,
      Optional<String> scale,
      Optional<String> rule,
      Optional<String> zeroPoint,
      Place place) {
    private ScaleLevel of(FormatCatalogue catalogue) {
      return place.checked(() -> catalogue.level(elements, scale, rule, zeroPoint));
    }
  }

  /** The formats of a file. */
  public static FormatFile read(Path file) {
    return Yaml.read(file, FormatFile.class);
  }

  /**
   * The built-in formats, those that come with Macroscope in {@code configs/formats} and those of the
   * folders that the environment variable {@value #FOLDERS} names, separated as in PATH.
   */
  public static FormatCatalogue catalogue() {
    return catalogue(Optional.ofNullable(System.getenv(FOLDERS)).orElse(""));
  }

  /** As {@link #catalogue()} with the folders given. */
  static FormatCatalogue catalogue(String folders) {
    Stream<ConfigFolder> own =
        Stream.of(folders.split(Pattern.quote(File.pathSeparator)))
            .filter(name -> !name.isEmpty())
            .map(FormatFile::folder);
    return catalogue(Stream.concat(Stream.of(ConfigFolder.shipped("formats", "format")), own));
  }

  private static ConfigFolder folder(String name) {
    Path path = Path.of(name);
    if (!Files.isDirectory(path)) {
      throw new InputException(FOLDERS, "must name folders: " + name);
    }
    return new ConfigFolder(path, "format");
  }

  /** The built-in formats and those of all files of a folder. */
  public static FormatCatalogue catalogue(ConfigFolder folder) {
    return catalogue(Stream.of(folder));
  }

  private static FormatCatalogue catalogue(Stream<ConfigFolder> folders) {
    List<Entry> entries =
        folders
            .flatMap(folder -> folder.names().stream().map(folder::resolve))
            .map(FormatFile::read)
            .flatMap(file -> file.formats().stream())
            .toList();
    FormatCatalogue catalogue = FormatCatalogue.builtIn();
    for (boolean blocks : new boolean[] {false, true}) {
      for (Entry entry : entries) {
        catalogue = entry instanceof Block == blocks ? entry.addTo(catalogue) : catalogue;
      }
    }
    return catalogue;
  }
}

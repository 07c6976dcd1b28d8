package macroscope.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import macroscope.format.Formats;

/** Schemes whose elements memory has no codes of: vectors and binary-coded planes. */
final class CodedSchemes {

  private static final String VECTORS = "vq\\d{1,2}(_\\d{1,2})+";
  private static final String PLANES = "bcq\\d{1,2}";
  private static final String LATTICE = "e8p";

  private final String name;
  private final String first;
  private final List<String> parts;
  private final SchemeOptions options;

  /**
   * @param name of the scheme
   * @param first its first part
   * @param parts the others
   * @throws IllegalArgumentException if a part is none of a scheme
   */
  CodedSchemes(String name, String first, List<String> parts, FormatCatalogue formats) {
    this.name = name;
    this.first = first;
    this.parts = parts;
    SchemeOptions given = SchemeOptions.NONE;
    for (String part : parts) {
      given = TensorFormats.and(name, given, part, expected(), formats);
    }
    options = given;
  }

  /** Whether the first part of a scheme is one of these. */
  static boolean is(String first) {
    return first.matches(VECTORS) || first.matches(PLANES) || first.equals(LATTICE);
  }

  private String expected() {
    return first.matches(PLANES)
        ? first + " needs channel or group<N>; asym and a float format for factors may follow"
        : first + " may be followed by a granularity, a scale rule and a float format for scales";
  }

  private IllegalArgumentException unexpected() {
    return TensorFormats.wrong(name, expected() + ": " + String.join(":", parts));
  }

  TensorFormat format() {
    try {
      return first.matches(PLANES) ? planes() : vectors();
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      throw message.startsWith("scheme ") ? e : TensorFormats.wrong(name, message);
    }
  }

  /** The codebooks are kept in binary16; the sum of several entries needs more. */
  private TensorFormat vectors() {
    if (first.equals(LATTICE)) {
      VectorCodebook book = VectorCodebook.e8p();
      Coding coding =
          new Coding.Vectors(
              book.dimension(), List.of(book.indexBits()), Formats.BINARY16, List.of(book));
      return new TensorFormat(name, Formats.BINARY64, scales(), coding);
    }
    List<Integer> numbers =
        Arrays.stream(first.substring(2).split("_")).map(Integer::valueOf).toList();
    Coding coding =
        new Coding.Vectors(
            numbers.get(0), numbers.subList(1, numbers.size()), Formats.BINARY16, List.of());
    return new TensorFormat(name, Formats.BINARY64, scales(), coding);
  }

  private List<ScaleLevel> scales() {
    if (parts.isEmpty()) {
      return List.of();
    }
    if (options.extent().isEmpty() || options.sorted() || options.range().isPresent()) {
      throw unexpected();
    }
    return TensorFormats.levels(name, Formats.BINARY64, options, ScaleRule.ROOT_MEAN_SQUARE);
  }

  private TensorFormat planes() {
    boolean offset = options.range().equals(Optional.of(SchemeOptions.Range.ASYMMETRIC));
    boolean other = options.range().isPresent() && !offset;
    if (options.extent().isEmpty() || options.sorted() || options.rule().isPresent() || other) {
      throw unexpected();
    }
    Coding coding =
        new Coding.BinaryCoded(
            Integer.parseInt(first.substring(3)), options.extent().get(), options.scale(), offset);
    return new TensorFormat(name, Formats.BINARY64, List.of(), coding);
  }
}

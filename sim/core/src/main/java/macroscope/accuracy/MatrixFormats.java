package macroscope.accuracy;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import macroscope.format.CodebookFormat;
import macroscope.tensor.FormatCatalogue;

/**
 * Formats for matrices by name: schemes as {@link macroscope.tensor.TensorFormats} has them, and {@code
 * kmeans4:group64}, a codebook of 2^4 values that is learnt from the matrix, with scales as for other
 * elements.
 */
public final class MatrixFormats {

  private static final Pattern SCALAR = Pattern.compile("(kmeans(\\d{1,2}))(:.*)?");
  private static final int MOST_BITS = 8;

  /** Enough for a figure that another seed moves by some hundredths of a decibel. */
  private static final CodebookLearning LEARNING = new CodebookLearning(1, 1 << 13, 30);

  private MatrixFormats() {}

  /**
   * The format of a name, in any case.
   *
   * @param formats given ones
   * @throws IllegalArgumentException naming the part that is wrong and what it may be
   */
  public static MatrixFormat parse(String scheme, FormatCatalogue formats) {
    String name = scheme.trim().toLowerCase(Locale.ROOT);
    Matcher scalar = SCALAR.matcher(name);
    if (scalar.matches()) {
      return codebook(name, scalar.group(1), Integer.parseInt(scalar.group(2)), formats);
    }
    return new MatrixFormat.Given(formats.scheme(scheme));
  }

  private static MatrixFormat codebook(
      String name, String element, int bits, FormatCatalogue formats) {
    if (bits < 2 || bits > MOST_BITS) {
      throw new IllegalArgumentException(
          "scheme " + name + ": bits of a learnt codebook must be 2.." + MOST_BITS + ": " + bits);
    }
    int half = 1 << (bits - 1);
    List<Double> places = IntStream.range(-half, half).mapToObj(i -> (double) i).toList();
    FormatCatalogue more = formats.with(new CodebookFormat(element, places));
    return new LearntCodebook(more.scheme(name), LEARNING);
  }
}

package macroscope.accuracy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import macroscope.format.CodebookFormat;
import macroscope.format.Formats;
import macroscope.format.NumberFormat;
import macroscope.tensor.FormatCatalogue;

/**
 * Formats for matrices by name: schemes as {@link macroscope.tensor.TensorFormats} has them, and these,
 * which are learnt from the matrix:
 *
 * <pre>
 * learnt = "kmeans" bits ":" granularity option*      a codebook of 2^bits values; as for other elements
 *        | "vq" dimension ("_" bits)+ [":" scale]     codebooks of vectors, one a stage; scale of a row
 * </pre>
 *
 * <p>{@code vq8_8_8} has the shape of AQLM with 2 x 8 bits for 8 elements (arXiv 2401.06118), {@code
 * vq4_8} that of VPTQ without residual (arXiv 2409.17066). Scales of rows are binary16 unless named.
 */
public final class MatrixFormats {

  private static final Pattern SCALAR = Pattern.compile("(kmeans(\\d{1,2}))(:.*)?");
  private static final Pattern VECTORS =
      Pattern.compile("vq(\\d{1,3})((?:_\\d{1,2})+)(?::([a-z0-9_]+))?");
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
    Matcher vectors = VECTORS.matcher(name);
    return vectors.matches()
        ? vectors(name, vectors, formats)
        : new MatrixFormat.Given(formats.scheme(scheme));
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

  private static MatrixFormat vectors(String name, Matcher parts, FormatCatalogue formats) {
    List<Integer> indexBits =
        Arrays.stream(parts.group(2).substring(1).split("_")).map(Integer::valueOf).toList();
    NumberFormat rowScale =
        parts.group(3) == null ? Formats.BINARY16 : formats.scalar(parts.group(3));
    return new LearntVectors(name, Integer.parseInt(parts.group(1)), indexBits, rowScale, LEARNING);
  }
}

package macroscope.tensor;

import java.util.Arrays;
import java.util.List;
import macroscope.format.CodebookFormat;
import macroscope.format.ElementEncoding;
import macroscope.format.Encoder;

/** Tries every codebook on a group and keeps the codes with the least sum of squared errors. */
final class SpecialValueEncoder implements GroupEncoder {

  private record Book(Encoder encoder, double[] values, long[] unionCodes) {}

  private final List<Book> books;

  SpecialValueEncoder(
      List<CodebookFormat> codebooks, CodebookFormat union, ElementEncoding encoding) {
    double[] all = union.table();
    books =
        codebooks.stream()
            .map(
                codebook ->
                    new Book(
                        encoding.encoder(codebook),
                        codebook.table(),
                        Arrays.stream(codebook.table())
                            .mapToLong(value -> Arrays.binarySearch(all, value))
                            .toArray()))
            .toList();
  }

  @Override
  public void encode(double[] x, int start, int end, double scale, long[] codes) {
    Book best = books.get(0);
    double least = Double.POSITIVE_INFINITY;
    for (Book book : books) {
      double error = error(book, x, start, end, scale);
      if (error < least) {
        least = error;
        best = book;
      }
    }
    for (int i = start; i < end; i++) {
      codes[i] = best.unionCodes()[(int) best.encoder().encode(x[i] / scale)];
    }
  }

  private static double error(Book book, double[] x, int start, int end, double scale) {
    double sum = 0;
    for (int i = start; i < end; i++) {
      double error = book.values()[(int) book.encoder().encode(x[i] / scale)] * scale - x[i];
      sum += error * error;
    }
    return sum;
  }
}

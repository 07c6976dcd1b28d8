package macroscope.format;

/**
 * How the elements of a matrix become codes, whatever their format: by a {@link Conversion}, the same
 * for all, or by a {@link RandomRounding} with random bits of its own for each.
 */
public sealed interface ElementEncoding permits Conversion, RandomRounding {

  /** The conversion into one format; where it draws random bits, it starts anew with its seed. */
  Encoder encoder(NumberFormat format);
}

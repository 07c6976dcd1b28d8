package macroscope.accuracy;

import macroscope.tensor.TensorFormat;

/** A format for a matrix: given, or learnt from the very matrix. */
public interface MatrixFormat {

  /** As reports name it. */
  String name();

  /** Stored bits an element of a rows x columns matrix: scales count, and so does what is learnt. */
  double bitsPerElement(int rows, int columns);

  /** A tensor format with its scales: the elements that share one are its blocks. */
  TensorFormat shape();

  /**
   * What is read back of the row-major rows x columns matrix {@code x}, and of others like it.
   *
   * @throws IllegalArgumentException if the format allows no such treatment, or cannot be learnt
   */
  Restoration on(double[] x, int rows, int columns, Treatment treatment);

  /**
   * A format that is given.
   *
   * @param format whatever the matrix
   */
  record Given(TensorFormat format) implements MatrixFormat {
    @Override
    public String name() {
      return format.name();
    }

    @Override
    public double bitsPerElement(int rows, int columns) {
      return format.bitsPerElement(rows, columns);
    }

    @Override
    public TensorFormat shape() {
      return format;
    }

    @Override
    public Restoration on(double[] x, int rows, int columns, Treatment treatment) {
      return treatment.restoration().apply(format);
    }
  }
}

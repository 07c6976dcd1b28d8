package macroscope.unit;

import java.util.List;
import macroscope.tensor.EncodedVectors;

/** An operand of a {@link CodebookUnit}. */
public sealed interface CodebookOperand {

  /** Rows and K. */
  OperandDimensions dimensions();

  /**
   * Size of an operand.
   *
   * @param rows rows
   * @param depth K
   */
  record OperandDimensions(int rows, int depth) {}

  /** Activations as binary32 numbers, an array for each row. */
  record Activations(OperandDimensions dimensions, float[][] rows) implements CodebookOperand {}

  /**
   * Weights whose vectors are decoded: an array for each k, one number an output column.
   *
   * @param columns numbers by k
   */
  record Decoded(OperandDimensions dimensions, float[][] columns) implements CodebookOperand {}

  /**
   * Weights that stay indices.
   *
   * @param vectors the indices and scales
   * @param entries for each codebook and element of a vector, that element of every entry
   */
  record Indices(OperandDimensions dimensions, EncodedVectors vectors, List<float[][]> entries)
      implements CodebookOperand {}
}

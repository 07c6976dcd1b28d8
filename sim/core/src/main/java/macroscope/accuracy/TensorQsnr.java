package macroscope.accuracy;

/**
 * How well a format holds one tensor of a network.
 *
 * @param layer name of the node that reads the tensor
 * @param operand which of its operands
 * @param rows output channels of a weight, rows of all samples of an activation
 * @param columns K
 * @param bitsPerElement storage of an element with its share of the scales
 * @param qsnr in decibels
 */
public record TensorQsnr(
    String layer, Operand operand, int rows, int columns, double bitsPerElement, Metric qsnr) {

  /** The right or the left operand of a linear layer. */
  public enum Operand {
    WEIGHT,
    ACTIVATION
  }
}

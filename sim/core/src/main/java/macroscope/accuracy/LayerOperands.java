package macroscope.accuracy;

import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.TensorFormat;

/** What is known of each linear layer's operands before a network runs quantized. */
public interface LayerOperands {

  /**
   * The format of a layer's activations.
   *
   * @param layer name of the node
   * @param format that of all layers
   */
  TensorFormat activations(String layer, TensorFormat format);

  /**
   * A layer's weights.
   *
   * @param w N x K, row-major; not modified
   */
  EncodedMatrix weights(String layer, TensorFormat format, double[] w, int n, int k);
}

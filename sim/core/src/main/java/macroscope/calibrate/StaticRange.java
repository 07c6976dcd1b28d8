package macroscope.calibrate;

import java.util.Optional;
import macroscope.tensor.TensorFormat;

/**
 * A range of a layer's activations that is set before the network runs.
 *
 * @param threshold largest magnitude that is not clipped
 * @param scale what activations are divided by before they are brought to {@code format}; 1 where the
 *     format finds its scales itself
 * @param format without the scale of the whole tensor, which {@code scale} stands for; empty where
 *     there is none
 */
public record StaticRange(double threshold, double scale, Optional<TensorFormat> format) {

  /** Clipped and divided; a new array. */
  double[] apply(double[] x) {
    double[] result = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      // Not min and max: a NaN stays one.
      double clipped = x[i] > threshold ? threshold : x[i] < -threshold ? -threshold : x[i];
      result[i] = clipped / scale;
    }
    return result;
  }
}

package macroscope.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.TensorFormat;

/**
 * What calibration has found for one linear layer. The result is {@code product(steps(x), weights) *
 * outputScale + lowRank(steps(x)) + offset}.
 *
 * @param steps between the input and its quantizer, in order
 * @param weights N x K to be quantized where they are not those that the steps leave
 * @param encoded the weights where their codes are already chosen
 * @param weightFormat format of the weights where the layer has its own
 * @param activationFormat format of the inputs where the layer has its own
 * @param range of the inputs, where it is set beforehand
 * @param outputScale N factors of the result; empty for 1
 * @param offset N numbers that are added to the result; empty for 0
 * @param lowRank what is added beside the product
 */
@SuppressWarnings("ArrayRecordComponent")
public record LayerCalibration(
    List<InputStep> steps,
    Optional<double[]> weights,
    Optional<EncodedMatrix> encoded,
    Optional<TensorFormat> weightFormat,
    Optional<TensorFormat> activationFormat,
    Optional<StaticRange> range,
    double[] outputScale,
    double[] offset,
    Optional<LowRank> lowRank) {

  /** Nothing is found. */
  public static final LayerCalibration NONE =
      new LayerCalibration(
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          new double[0],
          new double[0],
          Optional.empty());

  public LayerCalibration {
    steps = List.copyOf(steps);
  }

  /** The inputs as the steps leave them. */
  double[] inputs(double[] x, int k) {
    double[] result = x;
    for (InputStep step : steps) {
      result = step.inputs(result, k);
    }
    return result;
  }

  /**
   * The weights that a lossless format would multiply the inputs of {@link #inputs} by.
   *
   * @param w those of the network, N x K
   */
  double[] reference(double[] w, int k) {
    double[] result = w;
    for (InputStep step : steps) {
      result = step.weights(result, k);
    }
    if (outputScale.length == 0) {
      return result;
    }
    double[] divided = result.clone();
    for (int i = 0; i < divided.length; i++) {
      divided[i] /= outputScale[i / k];
    }
    return divided;
  }

  /** The weights that are to be quantized. */
  double[] toQuantize(double[] w, int k) {
    return weights.orElseGet(() -> reference(w, k));
  }

  /** With one more step; weights that were adjusted take part in it. */
  LayerCalibration with(InputStep step, int k) {
    List<InputStep> more = new ArrayList<>(steps);
    more.add(step);
    return new LayerCalibration(
        more,
        weights.map(w -> step.weights(w, k)),
        encoded,
        weightFormat,
        activationFormat,
        range,
        outputScale,
        offset,
        lowRank);
  }

  LayerCalibration withWeights(double[] adjusted) {
    return new LayerCalibration(
        steps,
        Optional.of(adjusted),
        encoded,
        weightFormat,
        activationFormat,
        range,
        outputScale,
        offset,
        lowRank);
  }

  LayerCalibration withEncoded(EncodedMatrix codes) {
    return new LayerCalibration(
        steps,
        weights,
        Optional.of(codes),
        weightFormat,
        activationFormat,
        range,
        outputScale,
        offset,
        lowRank);
  }

  LayerCalibration withFormats(Optional<TensorFormat> ofWeights, Optional<TensorFormat> ofInputs) {
    return new LayerCalibration(
        steps, weights, encoded, ofWeights, ofInputs, range, outputScale, offset, lowRank);
  }

  LayerCalibration withRange(Optional<StaticRange> given) {
    return new LayerCalibration(
        steps,
        weights,
        encoded,
        weightFormat,
        activationFormat,
        given,
        outputScale,
        offset,
        lowRank);
  }

  /** With results multiplied by more factors, and the weights divided. */
  LayerCalibration scaledOutputs(double[] factors) {
    double[] product = factors.clone();
    for (int i = 0; i < outputScale.length; i++) {
      product[i] *= outputScale[i];
    }
    return new LayerCalibration(
        steps,
        weights.map(w -> divided(w, factors)),
        encoded,
        weightFormat,
        activationFormat,
        range,
        product,
        offset,
        lowRank);
  }

  private static double[] divided(double[] w, double[] factors) {
    int k = w.length / factors.length;
    double[] result = w.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] /= factors[i / k];
    }
    return result;
  }

  /** With more added to the result. */
  LayerCalibration plus(double[] more) {
    double[] sum = more.clone();
    for (int i = 0; i < offset.length; i++) {
      sum[i] += offset[i];
    }
    return new LayerCalibration(
        steps, weights, encoded, weightFormat, activationFormat, range, outputScale, sum, lowRank);
  }

  LayerCalibration withLowRank(LowRank correction) {
    return new LayerCalibration(
        steps,
        weights,
        encoded,
        weightFormat,
        activationFormat,
        range,
        outputScale,
        offset,
        Optional.of(correction));
  }
}

package macroscope.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import macroscope.accuracy.BuiltIn;
import macroscope.accuracy.Dataset;
import macroscope.accuracy.Model;
import macroscope.accuracy.ModelRunner;
import macroscope.accuracy.Quantization;
import macroscope.onnx.Tensor;
import macroscope.tensor.TensorFormats;

/** A built-in network that a pipeline has calibrated on some samples. */
record Calibrated(CalibrationRun run, Calibration found, Model model, Dataset data) {

  static Calibrated of(
      BuiltIn network, int samples, String methods, String weights, String activations) {
    return of(network, samples, methods, weights, activations, 2);
  }

  static Calibrated of(
      BuiltIn network,
      int samples,
      String methods,
      String weights,
      String activations,
      int threads) {
    Quantization quantization =
        new Quantization(
            TensorFormats.parse(weights),
            TensorFormats.parse(activations),
            Optional.empty(),
            false);
    Model model = network.model();
    Dataset data = network.calibrationData().first(samples);
    CalibrationRun run = new CalibrationRun(model, data, quantization, threads);
    return new Calibrated(run, Pipeline.parse(methods).run(run), model, data);
  }

  /** Logits of the first sample with nothing quantized. */
  double[] floatLogits(Calibration calibration) {
    Quantization floats =
        new Quantization(
            TensorFormats.parse("fp32"), TensorFormats.parse("fp32"), Optional.empty(), false);
    return logits(calibration, floats);
  }

  /** Logits of the first sample with all that the run asks for quantized, on exact sums. */
  double[] quantizedLogits(Calibration calibration) {
    return logits(calibration, run.quantization());
  }

  private double[] logits(Calibration calibration, Quantization formats) {
    double[] input = new double[data.sampleSize()];
    data.input(0, input, 0);
    return new ModelRunner(model.graph(), calibration.around(calibration.on(formats).arithmetic()))
        .run(new Tensor(model.graph().input().shape(1), input))
        .values();
  }

  /** The layers of the float network with what is known of them. */
  List<LayerData> layers(Calibration calibration) {
    List<LayerData> layers = new ArrayList<>();
    run.inFloat(calibration, layers::add);
    return layers;
  }

  /** What quantizing the weights of a layer does to its output. */
  double loss(Calibration calibration, int index) {
    LayerData layer = layers(calibration).get(index);
    LayerCalibration at = layer.before();
    double[] readBack =
        calibration
            .on(run.quantization())
            .operands()
            .weights(
                layer.name(),
                run.weightFormat(layer.name(), at),
                layer.toQuantize(),
                layer.n(),
                layer.k())
            .decode();
    return ProxyLoss.of(readBack, layer.reference(), layer.n(), layer.k(), layer.gram());
  }
}

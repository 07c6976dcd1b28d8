package macroscope.accuracy;

import java.util.Map;
import java.util.Optional;
import macroscope.onnx.Graph;
import macroscope.onnx.Port;
import macroscope.onnx.Tensor;

/**
 * Labelled inputs of a network. A sample is what enters the network alone: an image, a window of
 * text. Samples have a fixed order.
 */
public interface Dataset {

  /** As reports name it: a file, or {@code mnist-public}. */
  String name();

  /** Number of samples, at least 1. */
  int size();

  /** Number of values of a sample's input; of the longest where they differ. */
  int sampleSize();

  /** The right answers of a sample: one for an image, one a position for a window. */
  int targets();

  /** Writes the input of a sample to {@code out[at..at + sampleSize() - 1]}. */
  void input(int sample, double[] out, int at);

  /** The right class at a position of a sample. */
  int target(int sample, int position);

  /** The largest right class of all. */
  int largestTarget();

  /** A right answer that is a real number. */
  default double answer(int sample, int index) {
    return target(sample, index);
  }

  /** What these data ask of a network, where they say so. */
  default Optional<Task> task() {
    return Optional.empty();
  }

  /** Number of values of one sample's input, where they differ. */
  default int sampleSize(int sample) {
    return sampleSize();
  }

  /** The tensors of all inputs of a network for some samples of equal size. */
  default Map<String, Tensor> feed(Graph graph, int... samples) {
    int size = sampleSize(samples[0]);
    int count = samples.length;
    double[] values = new double[Math.multiplyExact(count, size)];
    for (int i = 0; i < count; i++) {
      input(samples[i], values, i * size);
    }
    Port port = graph.input();
    if (graph.inputs().size() > 1 || port.type().isInteger() && port.shape().length == 2) {
      return TokenInputs.of(name(), graph, values, count);
    }
    return Map.of(port.name(), new Tensor(port.type(), port.shape(count), values));
  }

  /** SHA-256 of the samples in hexadecimal: equal data have equal digests. */
  String digest();

  /**
   * The first samples.
   *
   * @throws IllegalArgumentException unless 1..{@link #size()}
   */
  default Dataset first(int samples) {
    return samples == size() ? this : new FirstSamples(this, samples);
  }
}

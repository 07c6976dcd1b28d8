package macroscope.accuracy;

import java.util.Map;
import java.util.Optional;
import macroscope.onnx.Graph;
import macroscope.onnx.Tensor;

/** The first samples of a data set. */
record FirstSamples(Dataset all, int size) implements Dataset {

  FirstSamples {
    if (size < 1 || size > all.size()) {
      throw new IllegalArgumentException(
          "samples of " + all.name() + " must be 1.." + all.size() + ": " + size);
    }
  }

  @Override
  public String name() {
    return all.name() + "[0:" + size + "]";
  }

  @Override
  public int sampleSize() {
    return all.sampleSize();
  }

  @Override
  public int targets() {
    return all.targets();
  }

  @Override
  public void input(int sample, double[] out, int at) {
    all.input(sample, out, at);
  }

  @Override
  public int target(int sample, int position) {
    return all.target(sample, position);
  }

  @Override
  public int largestTarget() {
    return all.largestTarget();
  }

  @Override
  public double answer(int sample, int index) {
    return all.answer(sample, index);
  }

  @Override
  public Optional<Task> task() {
    return all.task();
  }

  @Override
  public int sampleSize(int sample) {
    return all.sampleSize(sample);
  }

  @Override
  public Map<String, Tensor> feed(Graph graph, int... samples) {
    return all.feed(graph, samples);
  }

  @Override
  public String digest() {
    return Digest.of(all.digest() + " first " + size);
  }
}

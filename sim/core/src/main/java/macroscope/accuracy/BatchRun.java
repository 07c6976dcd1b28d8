package macroscope.accuracy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import macroscope.input.InputException;
import macroscope.onnx.Graph;
import macroscope.onnx.ShapeInference;
import macroscope.onnx.Tensor;

/** Runs a network over a data set in batches, which threads share. */
final class BatchRun {
  private static final int IMAGES = 32; // enough rows for the tiles of a product, little memory

  private BatchRun() {}

  /** Logits of each sample, in order; independent of the number of threads. */
  static double[][] logits(
      ModelRunner runner, Model model, Dataset data, int threads, Progress progress) {
    int batch = batch(model);
    double[][] logits = new double[data.size()][];
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int from = 0; from < data.size(); from += batch) {
      int first = from;
      int count = Math.min(batch, data.size() - from);
      tasks.add(
          () -> {
            run(runner, model, data, first, count, logits);
            return count;
          });
    }
    OrderedTasks.run(
        tasks,
        threads,
        (done, all) -> progress.finished(Math.min(done * batch, data.size()), data.size()));
    return logits;
  }

  private static void run(
      ModelRunner runner, Model model, Dataset data, int from, int count, double[][] logits) {
    int size = data.sampleSize();
    double[] input = new double[count * size];
    for (int i = 0; i < count; i++) {
      data.input(from + i, input, i * size);
    }
    int[] shape = model.graph().input().shape(count);
    double[] output = runner.run(new Tensor(shape, input)).values();
    int length = output.length / count;
    for (int i = 0; i < count; i++) {
      logits[from + i] = Arrays.copyOfRange(output, i * length, (i + 1) * length);
    }
  }

  /** One window of a text has rows enough; images come in batches if the network takes them. */
  private static int batch(Model model) {
    boolean many = model.task() == Task.CLASSIFICATION && !model.singleSample();
    return many && takes(model.graph(), IMAGES) ? IMAGES : 1;
  }

  private static boolean takes(Graph graph, int batch) {
    try {
      ShapeInference.of(graph, batch);
      return true;
    } catch (InputException e) {
      return false; // a shape inside the file holds for one sample
    }
  }
}

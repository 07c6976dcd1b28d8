package macroscope.accuracy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import macroscope.input.InputException;
import macroscope.onnx.Graph;
import macroscope.onnx.Operator;
import macroscope.onnx.ShapeInference;
import macroscope.onnx.Tensor;

/**
 * Runs a network over a data set in batches, which threads share. Samples of equal size enter a network
 * together where it computes each by itself: rows for the tiles of a product, and weights that are read
 * once.
 */
final class BatchRun {
  private static final int SAMPLES = 32; // enough rows for the tiles of a product, little memory

  private BatchRun() {}

  /** Outputs of each sample, in order; independent of the number of threads. */
  static double[][] logits(
      ModelRunner runner, Model model, Dataset data, int threads, Progress progress) {
    double[][] logits = new double[data.size()][];
    List<Callable<Integer>> tasks = new ArrayList<>();
    List<int[]> batches = batches(model, data);
    for (int[] samples : batches) {
      tasks.add(
          () -> {
            run(runner, model, data, samples, logits);
            return samples.length;
          });
    }
    int largest = batches.stream().mapToInt(samples -> samples.length).max().orElse(1);
    OrderedTasks.run(
        tasks,
        threads,
        (done, all) -> progress.finished(Math.min(done * largest, data.size()), data.size()));
    return logits;
  }

  private static void run(
      ModelRunner runner, Model model, Dataset data, int[] samples, double[][] logits) {
    Tensor result = runner.run(data.feed(model.graph(), samples));
    int length = result.values().length / samples.length;
    for (int i = 0; i < samples.length; i++) {
      double[] own = Arrays.copyOfRange(result.values(), i * length, (i + 1) * length);
      logits[samples[i]] =
          model.task() == Task.RETRIEVAL ? model.pooling().of(own, channels(result)) : own;
    }
  }

  private static int channels(Tensor result) {
    return result.shape()[result.rank() - 1];
  }

  /** One window of a text has rows enough. */
  private static List<int[]> batches(Model model, Dataset data) {
    Map<Integer, List<Integer>> bySize = new TreeMap<>();
    for (int sample = 0; sample < data.size(); sample++) {
      bySize.computeIfAbsent(data.sampleSize(sample), any -> new ArrayList<>()).add(sample);
    }
    boolean together = model.task() != Task.LANGUAGE_MODEL && takesMany(model, data, bySize);
    List<int[]> batches = new ArrayList<>();
    for (List<Integer> equal : bySize.values()) {
      int batch = together ? SAMPLES : 1;
      for (int from = 0; from < equal.size(); from += batch) {
        List<Integer> part = equal.subList(from, Math.min(from + batch, equal.size()));
        batches.add(part.stream().mapToInt(Integer::intValue).toArray());
      }
    }
    return batches;
  }

  /** Not if a scale spans the whole batch, nor if a shape inside the file holds for one sample. */
  private static boolean takesMany(Model model, Dataset data, Map<Integer, List<Integer>> bySize) {
    Graph graph = model.graph();
    boolean spansBatch =
        graph.nodes().stream()
            .anyMatch(node -> node.operator() == Operator.DYNAMIC_QUANTIZE_LINEAR);
    if (model.singleSample() || spansBatch) {
      return false;
    }
    int most = bySize.values().stream().mapToInt(List::size).max().orElse(1);
    int[] some =
        bySize.values().stream()
            .filter(samples -> samples.size() == most)
            .findFirst()
            .orElseThrow()
            .stream()
            .limit(SAMPLES)
            .mapToInt(Integer::intValue)
            .toArray();
    try {
      ShapeInference.of(graph, Fit.shapes(data.feed(graph, some)));
      return true;
    } catch (InputException e) {
      return false;
    }
  }
}

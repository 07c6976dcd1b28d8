package macroscope.accuracy;

import java.util.HashMap;
import java.util.Map;
import macroscope.input.InputException;
import macroscope.onnx.Graph;
import macroscope.onnx.Port;
import macroscope.onnx.ShapeInference;
import macroscope.onnx.Shapes;
import macroscope.onnx.Tensor;

/** Whether data fit a network. */
public final class Fit {
  private Fit() {}

  /**
   * Lets data pass that the network takes.
   *
   * @throws InputException naming what must be equal and is not
   */
  public static void check(Model model, Dataset data) {
    if (model.graph().inputs().size() == 1 && model.graph().input().isFixed()) {
      require(model, data, "input values a sample", model.sampleSize(), data.sampleSize());
    }
    Task task = model.judgedBy(data).task();
    int[] output = output(model.graph(), data);
    if (task == Task.CLASSIFICATION || task == Task.LANGUAGE_MODEL) {
      int classes = output.length == 0 ? 1 : output[output.length - 1];
      require(model, data, "answers a sample", Tensor.size(output) / classes, data.targets());
      requireClasses(model, data, classes);
    } else if (task == Task.REGRESSION) {
      require(model, data, "answers a sample", Tensor.size(output), data.targets());
    }
    if (data.size() < 2) {
      throw new InputException(
          data.name(), "a standard error needs at least 2 samples: " + data.size());
    }
  }

  /** Shape of the output for the first sample; whatever the network cannot do is told here. */
  private static int[] output(Graph graph, Dataset data) {
    return ShapeInference.of(graph, shapes(data.feed(graph, 0))).of(graph.output().name());
  }

  /**
   * Shapes of all values of a network for some samples.
   *
   * @param samples of equal size; one may come several times
   */
  public static Shapes shapes(Model model, Dataset data, int... samples) {
    Graph graph = model.graph();
    return graph.inputs().stream().allMatch(Port::isFixed)
        ? ShapeInference.of(graph, samples.length)
        : ShapeInference.of(graph, shapes(data.feed(graph, samples)));
  }

  /** Shapes of tensors. */
  static Map<String, int[]> shapes(Map<String, Tensor> tensors) {
    Map<String, int[]> shapes = new HashMap<>();
    tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    return shapes;
  }

  private static void requireClasses(Model model, Dataset data, int classes) {
    if (data.largestTarget() >= classes) {
      throw new InputException(
          data.name(),
          "classes must be below "
              + classes
              + " for "
              + model.name()
              + ": "
              + data.largestTarget());
    }
  }

  private static void require(Model model, Dataset data, String what, int expected, int found) {
    if (expected != found) {
      throw new InputException(
          data.name(), what + " must be " + expected + " for " + model.name() + ": " + found);
    }
  }
}

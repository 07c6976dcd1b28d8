package macroscope.accuracy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import macroscope.input.InputException;
import macroscope.onnx.Graph;
import macroscope.onnx.OnnxModel;
import macroscope.onnx.Port;

/**
 * A network with its task.
 *
 * @param name a built-in name or the file
 * @param graph the network
 * @param task follows from the shape of the logits
 * @param digest SHA-256 of the ONNX file in hexadecimal
 */
public record Model(String name, Graph graph, Task task, String digest) {

  /** A built-in network by name ({@link BuiltIn}), else the ONNX file at a path. */
  public static Model load(String nameOrPath) {
    return BuiltIn.byName(nameOrPath)
        .map(BuiltIn::model)
        .orElseGet(() -> read(nameOrPath, bytes(nameOrPath)));
  }

  private static byte[] bytes(String path) {
    Path file = Path.of(path);
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          path, "no such model; a path to an ONNX file or one of " + BuiltIn.names());
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new InputException(path, "an ONNX file that can be read is needed", e);
    }
  }

  /** The network in the bytes of an ONNX file. */
  static Model read(String name, byte[] bytes) {
    Graph graph = OnnxModel.read(name, bytes);
    return new Model(name, graph, task(graph), Digest.of(bytes));
  }

  private static Task task(Graph graph) {
    int[] in = graph.input().shape();
    int[] out = graph.output().shape();
    if (out.length == 2) {
      return Task.CLASSIFICATION;
    }
    if (in.length == 2 && out.length == 3 && in[1] == out[1]) {
      return Task.LANGUAGE_MODEL;
    }
    throw new InputException(
        graph.place(),
        "the output must be [batch, classes], or [batch, length, vocabulary] for ids [batch, length]");
  }

  /** Classes, or characters of the vocabulary. */
  public int classes() {
    int[] shape = graph.output().shape();
    return shape[shape.length - 1];
  }

  /** Answers a sample: 1, or the positions of a window. */
  public int targets() {
    return task == Task.CLASSIFICATION ? 1 : graph.output().shape()[1];
  }

  /** Values of a sample's input. */
  public int sampleSize() {
    return graph.input().sampleSize();
  }

  /** Whether the file fixes the batch at one sample. */
  boolean singleSample() {
    return graph.input().shape()[0] != Port.FREE;
  }
}

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
 * @param task follows from the shape of the output, unless the data say otherwise
 * @param digest SHA-256 of the ONNX file in hexadecimal
 * @param pooling how an encoder's token vectors become one
 */
public record Model(String name, Graph graph, Task task, String digest, Pooling pooling) {

  /** A built-in network by name, one from Maven Central by name, else the ONNX file at a path. */
  public static Model load(String nameOrPath) {
    return BuiltIn.byName(nameOrPath)
        .map(BuiltIn::model)
        .or(() -> MavenModel.byName(nameOrPath).map(MavenModel::model))
        .orElseGet(() -> read(file(nameOrPath)));
  }

  private static Path file(String path) {
    Path file = Path.of(path);
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          path,
          "no such model; a path to an ONNX file or one of "
              + BuiltIn.names()
              + ", "
              + MavenModel.names());
    }
    return file;
  }

  /** The network in an ONNX file; data of its tensors may lie in files beside it. */
  public static Model read(Path file) {
    try {
      String digest = Digest.of(Files.readAllBytes(file));
      return of(file.toString(), OnnxModel.read(file), digest);
    } catch (IOException e) {
      throw new InputException(file.toString(), "an ONNX file that can be read is needed", e);
    }
  }

  /** The network in the bytes of an ONNX file. */
  static Model read(String name, byte[] bytes) {
    return of(name, OnnxModel.read(name, bytes), Digest.of(bytes));
  }

  private static Model of(String name, Graph graph, String digest) {
    return new Model(name, graph, task(graph), digest, Pooling.MEAN);
  }

  private static Task task(Graph graph) {
    Port in = graph.input();
    int[] out = graph.output().shape();
    boolean text = in.type().isInteger() && in.shape().length == 2;
    boolean logits = graph.output().name().contains("logits");
    if (in.isFixed() && out.length == 3 && in.shape().length == 2 && in.shape()[1] == out[1]) {
      return Task.LANGUAGE_MODEL;
    }
    if (text && !in.isFixed()) {
      return logits && out.length == 3 ? Task.LANGUAGE_MODEL : Task.RETRIEVAL;
    }
    if (out.length == 2 || !in.isFixed()) {
      return Task.CLASSIFICATION;
    }
    return Task.REGRESSION;
  }

  /** The network with the task that the data ask of it. */
  public Model judgedBy(Dataset data) {
    return data.task().map(asked -> new Model(name, graph, asked, digest, pooling)).orElse(this);
  }

  /** The network under another name. */
  Model named(String other, Pooling pools) {
    return new Model(other, graph, task, digest, pools);
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

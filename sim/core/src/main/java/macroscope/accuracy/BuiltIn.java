package macroscope.accuracy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The networks that come with the program, each with data to judge and to calibrate it. */
public enum BuiltIn {
  MNIST_MLP("mnist-mlp"),
  MNIST_CNN("mnist-cnn"),
  KJV_GPT("kjv-gpt"),
  KJV_GPT_OUTLIER("kjv-gpt-outlier");

  private static final String FOLDER = "/macroscope/models/";

  private final String modelName;

  BuiltIn(String modelName) {
    this.modelName = modelName;
  }

  public String modelName() {
    return modelName;
  }

  /** The names, for a message. */
  static String names() {
    return Arrays.stream(values()).map(BuiltIn::modelName).collect(Collectors.joining(", "));
  }

  public static Optional<BuiltIn> byName(String name) {
    return Arrays.stream(values()).filter(b -> b.modelName.equals(name)).findFirst();
  }

  /** The network. */
  public Model model() {
    return Model.read(modelName, resource(modelName + ".onnx"));
  }

  /** Data that no training saw: MNIST test images 0..4999, the last part of the text. */
  public Dataset evaluationData() {
    return isText() ? text("eval-public") : images("mnist-public");
  }

  /** Data to calibrate with: MNIST training images 0..511, 16 KiB of the training text. */
  public Dataset calibrationData() {
    return isText() ? text("calib-train") : images("mnist-calib");
  }

  private boolean isText() {
    return this == KJV_GPT || this == KJV_GPT_OUTLIER;
  }

  private static Dataset images(String name) {
    String images = name + "-images-idx3-ubyte.gz";
    String labels = name + "-labels-idx1-ubyte.gz";
    return ImageData.read(name, resource(images), name, resource(labels));
  }

  private static Dataset text(String name) {
    String text = new String(resource(name + ".txt"), StandardCharsets.UTF_8);
    return TextData.of(name, text, vocabulary(), 128);
  }

  /** Ids of the characters that the King James models know. */
  public static Map<Integer, Integer> vocabulary() {
    return Vocabulary.parse("kjv-vocab.json", resource("kjv-vocab.json"));
  }

  /** A file that comes with the program. */
  static byte[] resource(String name) {
    try (InputStream in = BuiltIn.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("the program was built without " + FOLDER + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

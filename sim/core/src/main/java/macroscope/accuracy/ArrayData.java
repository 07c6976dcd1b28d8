package macroscope.accuracy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import macroscope.input.InputException;
import macroscope.onnx.Graph;
import macroscope.onnx.Port;
import macroscope.onnx.Tensor;

/**
 * Samples in NumPy's files: {@code .npz} with an array for each input of the network, by its name, and one
 * of answers named labels, targets or y; or {@code x.npy} of the only input with the answers beside it in
 * {@code x.labels.npy}. The first axis counts samples. Answers that are integers are classes, one a sample
 * or one a position; answers that are floats are real numbers.
 */
public final class ArrayData implements Dataset {
  private static final List<String> ANSWERS = List.of("labels", "targets", "y");
  private static final String NPY = ".npy";

  private final String name;
  private final Map<String, Tensor> inputs;
  private final Tensor answers;
  private final int size;

  private ArrayData(String name, Map<String, Tensor> inputs, Tensor answers) {
    this.name = name;
    this.inputs = inputs;
    this.answers = answers;
    this.size = answers.shape()[0];
    inputs.forEach(
        (input, tensor) -> {
          if (tensor.shape()[0] != size) {
            throw new InputException(
                name,
                "samples of "
                    + input
                    + " must number as many as answers, "
                    + size
                    + ": "
                    + tensor.shape()[0]);
          }
          if (!FiniteSamples.isFinite(tensor.values(), 0, tensor.values().length)) {
            throw new InputException(name, "inputs must be finite: " + input);
          }
        });
    for (double answer : answers.values()) {
      if (!(Math.abs(answer) <= Double.MAX_VALUE)
          || answers.type().isInteger() && (answer < 0 || answer > Integer.MAX_VALUE)) {
        throw new InputException(name, "answers must be finite, classes 0..2^31-1: " + answer);
      }
    }
  }

  /** Whether a file has a name of this kind. */
  static boolean has(Path file) {
    return file.toString().endsWith(NPY) || file.toString().endsWith(".npz");
  }

  /** The samples of a file. */
  public static ArrayData read(Path file) {
    String name = file.toString();
    if (name.endsWith(NPY)) {
      Path labels = Path.of(name.substring(0, name.length() - NPY.length()) + ".labels" + NPY);
      Tensor x = NpyFile.tensor(name, bytes(file));
      return new ArrayData(name, Map.of("", x), NpyFile.tensor(labels.toString(), bytes(labels)));
    }
    Map<String, Tensor> arrays = archive(name, file);
    String answers =
        ANSWERS.stream()
            .filter(arrays::containsKey)
            .findFirst()
            .orElseThrow(
                () ->
                    new InputException(
                        name, "must hold answers, one of " + ANSWERS + ": " + arrays.keySet()));
    Tensor right = Objects.requireNonNull(arrays.remove(answers), answers);
    if (arrays.isEmpty()) {
      throw new InputException(name, "must hold an input besides " + answers);
    }
    return new ArrayData(name, arrays, right);
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new InputException(file.toString(), "a .npy file that can be read is needed", e);
    }
  }

  private static Map<String, Tensor> archive(String name, Path file) {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String array = entry.getName().replaceFirst("\\.npy$", "");
        arrays.put(array, NpyFile.tensor(name + ", array " + array, zip.readAllBytes()));
      }
    } catch (IOException e) {
      throw new InputException(name, "a .npz file that can be read is needed", e);
    }
    if (arrays.isEmpty()) {
      throw new InputException(name, "not a .npz file: it holds no arrays");
    }
    return arrays;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return size;
  }

  private Tensor first() {
    return inputs.values().iterator().next();
  }

  @Override
  public int sampleSize() {
    return first().values().length / size;
  }

  @Override
  public int targets() {
    return answers.values().length / size;
  }

  @Override
  public void input(int sample, double[] out, int at) {
    System.arraycopy(first().values(), sample * sampleSize(), out, at, sampleSize());
  }

  @Override
  public Map<String, Tensor> feed(Graph graph, int... samples) {
    Map<String, Tensor> fed = new HashMap<>();
    for (Port port : graph.inputs()) {
      Tensor all = inputs.get(port.name());
      boolean only = all == null && inputs.size() == 1 && port.equals(graph.input());
      if (all == null && !only) {
        if (port.type().isInteger() && inputs.containsKey(graph.input().name())) {
          return withMasks(graph, samples);
        }
        throw new InputException(
            name, "has no array for the input " + port.name() + ": " + inputs.keySet());
      }
      fed.put(port.name(), part(all == null ? first() : all, port, samples));
    }
    return fed;
  }

  /** Ids alone: masks, token types and positions follow. */
  private Map<String, Tensor> withMasks(Graph graph, int... samples) {
    Tensor ids = part(inputs.getOrDefault(graph.input().name(), first()), graph.input(), samples);
    return TokenInputs.of(name, graph, ids.values(), samples.length);
  }

  /** Some samples, in the shape of the file; in that of the network where sizes agree. */
  private static Tensor part(Tensor all, Port port, int... samples) {
    int each = all.values().length / all.shape()[0];
    double[] values = new double[each * samples.length];
    for (int i = 0; i < samples.length; i++) {
      System.arraycopy(all.values(), samples[i] * each, values, i * each, each);
    }
    int[] shape = all.shape().clone();
    shape[0] = samples.length;
    boolean declared = port.isFixed() && port.shape().length > 0 && port.sampleSize() == each;
    return new Tensor(port.type(), declared ? port.shape(samples.length) : shape, values);
  }

  @Override
  public int target(int sample, int position) {
    return (int) answer(sample, position);
  }

  @Override
  public double answer(int sample, int index) {
    return answers.values()[sample * targets() + index];
  }

  @Override
  public int largestTarget() {
    return (int) Arrays.stream(answers.values()).max().orElse(0);
  }

  @Override
  public Optional<Task> task() {
    if (!answers.type().isInteger()) {
      return Optional.of(Task.REGRESSION);
    }
    return Optional.of(targets() == 1 ? Task.CLASSIFICATION : Task.LANGUAGE_MODEL);
  }

  @Override
  public String digest() {
    Digest digest = new Digest();
    inputs.values().forEach(tensor -> digest.add(tensor.values()));
    digest.add(answers.values());
    return digest.hex();
  }
}

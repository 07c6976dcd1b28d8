package macroscope.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import macroscope.input.InputException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of data: what is read from good ones, and what is said of bad ones. */
class DataFilesTest {
  @TempDir Path folder;

  private static Path npy(String name) {
    return Path.of("src/test/resources/npy", name);
  }

  private Path file(String name, int... bytes) throws IOException {
    byte[] content = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      content[i] = (byte) bytes[i];
    }
    return Files.write(folder.resolve(name), content);
  }

  private static void refused(ThrowingCallable call, Path file, String rule) {
    assertThatThrownBy(call).isInstanceOf(InputException.class).hasMessage(file + ": " + rule);
  }

  @Test
  void halvesOfNumpyAreReadExactly() {
    assertThat(NpyFile.read(npy("f2.npy")).values())
        .containsExactly(1.5, -2.25, 0x1.998p-4, 0x1p-24, 65504, -0.0);
  }

  @Test
  void floatsOfNumpyAreReadExactly() {
    assertThat(NpyFile.read(npy("f4.npy")).values())
        .containsExactly(1.5, -2.25, 0.1f, 6e-8f, 65504, -0.0);
  }

  @Test
  void doublesOfNumpyAreReadExactly() {
    assertThat(NpyFile.read(npy("f8.npy")).values())
        .containsExactly(1.5, -2.25, 0.1, 6e-8, 65504, -0.0);
  }

  @Test
  void oneAxisIsOneRow() {
    NpyFile.Matrix matrix = NpyFile.read(npy("row.npy"));
    assertThat(new int[] {matrix.rows(), matrix.columns()}).containsExactly(1, 2);
  }

  @Test
  void numbersWithTheGreatestByteFirstAreReadExactly() {
    assertThat(NpyFile.read(npy("big-endian.npy")).values())
        .containsExactly(1.5, -2.25, 0.1f, 6e-8f, 65504, -0.0);
  }

  @Test
  void fortranOrderIsBroughtToRows() {
    assertThat(NpyFile.read(npy("fortran.npy")).values())
        .containsExactly(1.5, -2.25, 0.1, 6e-8, 65504, -0.0);
  }

  @Test
  void theLastOfThreeAxesIsK() {
    NpyFile.Matrix matrix = NpyFile.read(npy("fortran3.npy"));
    assertThat(new int[] {matrix.rows(), matrix.columns()}).containsExactly(6, 4);
    assertThat(matrix.values()).isEqualTo(IntStream.range(0, 24).asDoubleStream().toArray());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "integers.npy | elements must be f2, f4 or f8: <i8",
        "scalar.npy | an array with at least one axis is needed",
        "empty.npy | axes must have lengths of at least 1: [2, 0]",
        "nan.npy | element 1 must be finite",
        "short.npy | data must be 48 bytes long: 45",
        "README.md | not a .npy file",
        "absent.npy | a .npy file that can be read is needed"
      })
  void badNumpyFileIsNamedWithTheRule(String name, String rule) {
    refused(() -> NpyFile.read(npy(name)), npy(name), rule);
  }

  @Test
  void imagesAndLabelsAreReadFromIdxFiles() throws IOException {
    Path images =
        file("a-images-idx3-ubyte", 0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 255, 51, 1);
    file("a-labels-idx1-ubyte", 0, 0, 8, 1, 0, 0, 0, 2, 7, 3);
    double[] pixels = new double[2];
    ImageData.read(images).input(1, pixels, 0);
    assertThat(pixels).containsExactly(51 / 255f, 1 / 255f);
  }

  @Test
  void imagesCutShortAreRefused() throws IOException {
    Path images = file("a-images-idx3-ubyte", 0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 9);
    file("a-labels-idx1-ubyte", 0, 0, 8, 1, 0, 0, 0, 2, 7, 3);
    refused(() -> ImageData.read(images), images, "[2, 1, 2] does not match the bytes left: 2");
  }

  @Test
  void labelsOfAnotherNumberAreRefused() throws IOException {
    Path images = file("a-images-idx3-ubyte", 0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 5);
    Path labels = file("a-labels-idx1-ubyte", 0, 0, 8, 1, 0, 0, 0, 2, 7, 3);
    refused(() -> ImageData.read(images), labels, "labels must number as many as images, 1: 2");
  }

  @Test
  void damagedGzipStreamIsRefused() throws IOException {
    Path images = file("a-images-idx3-ubyte.gz", 0x1f, 0x8b, 8, 0, 1);
    file("a-labels-idx1-ubyte.gz", 0, 0, 8, 1, 0, 0, 0, 1, 7);
    assertThatThrownBy(() -> ImageData.read(images))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(images + ": the gzip stream is damaged");
  }

  @Test
  void characterWithoutAnIdNamesItsLine() throws IOException {
    Path text = Files.writeString(folder.resolve("a.txt"), "ab\nab\u00e9b");
    assertThatThrownBy(
            () -> TextData.read(text, Map.of((int) 'a', 0, (int) 'b', 1, (int) '\n', 2), 2))
        .hasMessage(text + ":2: the vocabulary has no character U+00E9");
  }

  @Test
  void windowPredictsTheSuccessorOfEachCharacter() {
    TextData data = TextData.of("t", "abcde", Map.of(97, 0, 98, 1, 99, 2, 100, 3, 101, 4), 2);
    assertThat(new int[] {data.size(), data.target(1, 0), data.target(1, 1)})
        .containsExactly(2, 3, 4);
  }

  @Test
  void textShorterThanAWindowIsRefused() {
    assertThatThrownBy(() -> TextData.of("t", "ab", Map.of(97, 0, 98, 1), 2))
        .hasMessage("t: a window needs 3 characters: 2");
  }

  @Test
  void vocabularyWithTwoCharactersInOneNameIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("v.json"), "{\"ab\": 1}");
    refused(
        () -> Vocabulary.read(file), file, "entries must be one character and its id: \"ab\": 1");
  }

  @Test
  void unknownModelNamesThoseThatComeWithTheProgram() {
    assertThatThrownBy(() -> Model.load("resnet"))
        .hasMessage(
            "resnet: no such model; a path to an ONNX file or one of mnist-mlp, mnist-cnn, kjv-gpt,"
                + " kjv-gpt-outlier, minilm, minilm-q, bge-small, bge-small-q, e5-small");
  }
}

package macroscope.accuracy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import macroscope.input.InputException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** A .npz file of one-axis binary64 arrays, as numpy.savez writes it. */
  private Path npz(String name, Map<String, double[]> arrays) throws IOException {
    Path file = folder.resolve(name);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, double[]> array : arrays.entrySet()) {
        zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
        zip.write(header(array.getValue().length));
        for (double x : array.getValue()) {
          zip.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(x).array());
        }
      }
    }
    return file;
  }

  private static byte[] header(int length) {
    String text = "{'descr': '<f8', 'fortran_order': False, 'shape': (" + length + ",), }";
    byte[] words = (text + " ".repeat(117 - text.length()) + "\n").getBytes(UTF_8);
    return ByteBuffer.allocate(10 + words.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 0x93)
        .put("NUMPY\1\0".getBytes(UTF_8))
        .putShort((short) words.length)
        .put(words)
        .array();
  }

  @Test
  void inputsAndTargetsAreReadFromAnArchive() throws IOException {
    Path file = npz("a.npz", Map.of("x", new double[] {1, 2, 3}, "y", new double[] {4, 5, 6}));
    ArrayData data = ArrayData.read(file);
    assertThat(new double[] {data.size(), data.answer(1, 0)}).containsExactly(3, 5);
    assertThat(data.task()).contains(Task.REGRESSION);
  }

  @Test
  void anArchiveWithoutAnswersIsRefused() throws IOException {
    Path file = npz("a.npz", Map.of("x", new double[] {1, 2}));
    refused(
        () -> ArrayData.read(file), file, "must hold answers, one of [labels, targets, y]: [x]");
  }

  @Test
  void anArchiveWithAnswersAloneIsRefused() throws IOException {
    Path file = npz("a.npz", Map.of("y", new double[] {1, 2}));
    refused(() -> ArrayData.read(file), file, "must hold an input besides y");
  }

  @Test
  void answersOfAnotherNumberThanSamplesAreRefused() throws IOException {
    Path file = npz("a.npz", Map.of("x", new double[] {1, 2, 3}, "y", new double[] {1, 2}));
    refused(() -> ArrayData.read(file), file, "samples of x must number as many as answers, 2: 3");
  }

  @Test
  void anAnswerThatIsNotFiniteIsRefused() throws IOException {
    Path file = npz("a.npz", Map.of("x", new double[] {1}, "y", new double[] {Double.NaN}));
    refused(() -> ArrayData.read(file), file, "answers must be finite, classes 0..2^31-1: NaN");
  }

  @Test
  void anInputThatIsNotFiniteIsRefused() throws IOException {
    Path file = npz("a.npz", Map.of("x", new double[] {Double.NaN}, "y", new double[] {1}));
    refused(() -> ArrayData.read(file), file, "inputs must be finite: x");
  }

  @Test
  void whatIsNoArchiveIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("a.npz"), "no zip");
    refused(() -> ArrayData.read(file), file, "not a .npz file: it holds no arrays");
  }

  @Test
  void aDamagedArrayOfAnArchiveIsNamed() throws IOException {
    Path file = folder.resolve("a.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("x.npy"));
      zip.write(header(2));
    }
    assertThatThrownBy(() -> ArrayData.read(file))
        .isInstanceOf(InputException.class)
        .hasMessage(file + ", array x: data must be 16 bytes long: 0");
  }

  private static TextPairs pairs(String content) {
    return TextPairs.of("a.tsv", content, DataFilesTest::tokens);
  }

  private static WordPiece tokens() {
    return tokens("{\"[CLS]\": 0, \"[SEP]\": 1, \"[UNK]\": 2, \"a\": 3, \"##b\": 4}");
  }

  private static WordPiece tokens(String vocabulary) {
    return WordPiece.read(
        "t.json", ("{\"model\": {\"vocab\": " + vocabulary + "}}").getBytes(UTF_8));
  }

  @Test
  void textsAndIdsOfPairsAreTheSameSamples() {
    assertThat(pairs("ab\tq\n").digest()).isEqualTo(pairs("0 3 4 1\t0 2 1\n").digest());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "one | a.tsv, line 1: must be a query, a tab and its answer: one",
        "a>b;a>b>c | a.tsv, line 2: must be a query, a tab and its answer: a>b>c",
        "a> | a.tsv, line 1: must be a query, a tab and its answer: a>",
        "1 2>99999999999 | a.tsv: ids must be numbers below 2^31: 99999999999"
      })
  void aBadLineOfPairsIsNamedWithTheRule(String content, String message) {
    String lines = content.strip().replace('>', '\t').replace(';', '\n');
    assertThatThrownBy(() -> pairs(lines))
        .isInstanceOf(InputException.class)
        .hasMessage(message.replace('>', '\t'));
  }

  @Test
  void pairsNeedALine() {
    assertThatThrownBy(() -> pairs(""))
        .hasMessage("a.tsv: must have lines of a query, a tab and its answer");
  }

  @Test
  void aVocabularyWithoutSpecialTokensIsRefused() {
    assertThatThrownBy(() -> tokens("{\"[CLS]\": 0, \"[UNK]\": 1}"))
        .isInstanceOf(InputException.class)
        .hasMessage("t.json: the vocabulary must have [SEP]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 1}}}",
        "{\"model\": {\"vocab\": [1]}}"
      })
  void aTokenizerOfAnotherModelIsRefused(String json) {
    assertThatThrownBy(() -> WordPiece.read("t.json", json.getBytes(UTF_8)))
        .isInstanceOf(InputException.class)
        .hasMessage("t.json: a tokenizer.json of model WordPiece is needed");
  }

  @Test
  void aTokenizerThatIsNoJsonIsRefused() {
    assertThatThrownBy(() -> WordPiece.read("t.json", "{".getBytes(UTF_8)))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("t.json: ");
  }

  @Test
  void unknownModelNamesThoseThatComeWithTheProgram() {
    assertThatThrownBy(() -> Model.load("resnet"))
        .hasMessage(
            "resnet: no such model; a path to an ONNX file or one of mnist-mlp, mnist-cnn, kjv-gpt,"
                + " kjv-gpt-outlier, minilm, minilm-q, bge-small, bge-small-q, e5-small");
  }
}

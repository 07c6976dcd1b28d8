package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong tensors, networks, data and units: exit code 2 and one line with place and rule. */
class BadTensorTest {

  private static final String QSNR = "qsnr --format int8:token --data {dir}/";
  private static final String EVALUATE = "evaluate --model mnist-mlp ";
  private static final String INT8_UNIT = "nvidia.ampere.mma.m16n8k32.s32.s8.s8.s32";
  private static final String INT8 = "--weights int8:channel --activations int8:token ";

  private record Mistake(String what, String arguments, String place, String rule) {
    @Override
    public String toString() {
      return what;
    }
  }

  @TempDir private static Path folder;

  static Stream<Mistake> mistakes() {
    return Stream.of(
        new Mistake("NaN in a tensor", QSNR + "nan.npy", "nan.npy", "element 3 must be finite"),
        new Mistake("shape and data differ", QSNR + "shape.npy", "shape.npy", "must be 40 bytes"),
        new Mistake("elements of another type", QSNR + "type.npy", "type.npy", "<c8"),
        new Mistake("cut tensor", QSNR + "cut.npy", "cut.npy", "not a .npy file"),
        new Mistake("missing tensor", QSNR + "none.npy", "none.npy", ".npy file that can be read"),
        new Mistake(
            "unknown distribution",
            "qsnr --format int8:token --distribution cauchy",
            "distribution",
            "must be one of gaussian"),
        new Mistake("nothing to measure", "qsnr --format int8:token", "--distribution", "needed"),
        new Mistake(
            "unknown scheme", "qsnr --format fp7 --distribution laplace", "--format", "fp7"),
        new Mistake("unknown network", "evaluate --model rnn", "rnn", "no such model"),
        new Mistake(
            "corrupt network", "evaluate --model {dir}/cut.onnx", "cut.onnx", "not an ONNX file"),
        new Mistake(
            "unknown scheme of weights", EVALUATE + "--weights fp7:channel", "--weights", "fp7"),
        new Mistake(
            "unknown unit of a network", EVALUATE + INT8 + "--unit no", "--unit", "name of a unit"),
        new Mistake(
            "data without labels",
            EVALUATE + "--data {dir}/nan.npy",
            "nan.labels.npy",
            ".npy file that can be read"),
        new Mistake(
            "data of another kind", EVALUATE + "--data {dir}/cut.onnx", "cut.onnx", "images-idx3"),
        new Mistake(
            "archive that is none",
            EVALUATE + "--data {dir}/bad.npz",
            "bad.npz",
            "not a .npz file: it holds no arrays"),
        new Mistake(
            "missing archive", EVALUATE + "--data {dir}/none.npz", "none.npz", "can be read"),
        new Mistake(
            "missing tokenizer",
            EVALUATE + "--data {dir}/texts.tsv --tokenizer {dir}/none.json",
            "none.json",
            "a JSON file that can be read is needed"),
        new Mistake(
            "tokenizer that is none",
            EVALUATE + "--data {dir}/texts.tsv --tokenizer {dir}/cut.onnx",
            "cut.onnx",
            "not"),
        new Mistake(
            "texts without a tokenizer",
            EVALUATE + "--data {dir}/texts.tsv",
            "mnist-mlp",
            "texts need the tokenizer of the model: --tokenizer"),
        new Mistake(
            "layer that is none",
            EVALUATE + "--layer fc9=float",
            "--layer",
            "fc9 matches no layer; layers are fc1"),
        new Mistake(
            "layer without a format", EVALUATE + "--layer fc1", "--layer", "must be GLOB=WEIGHTS"),
        new Mistake(
            "layer with an unknown unit", EVALUATE + "--layer *=@no", "--layer", "name of a unit"),
        new Mistake(
            "layers of several units and losses of one",
            EVALUATE + INT8 + "--layer *=fp16 --count-losses --unit " + INT8_UNIT,
            "--layer",
            "must not be given with"),
        new Mistake(
            "profile of nothing",
            EVALUATE + "--layers {dir}/layers",
            "--layers",
            "nothing is lost in float"),
        new Mistake(
            "profile of one sample",
            EVALUATE + INT8 + "--layers {dir}/layers --layer-samples 1",
            "--layer-samples",
            "must be at least 2: 1"),
        new Mistake(
            "norms of a network without",
            EVALUATE + "--norms fp16",
            "--norms",
            "mnist-mlp has no normalization"),
        new Mistake(
            "unknown format of softmax",
            "evaluate --model kjv-gpt --softmax fp7",
            "--softmax",
            "must be one of real, shiftmax8"),
        new Mistake("no threads", EVALUATE + "--threads 0", "--threads", "must be 1..1024: 0"));
  }

  @BeforeAll
  static void writeFiles() throws IOException {
    write("nan.npy", "(2, 4)", "<f4", Float.NaN);
    write("shape.npy", "(2, 5)", "<f4", 4);
    write("type.npy", "(2, 4)", "<c8", 4);
    Files.write(folder.resolve("cut.npy"), new byte[] {(byte) 0x93, 'N', 'U', 'M'});
    Files.writeString(folder.resolve("bad.npz"), "no zip");
    Files.writeString(folder.resolve("texts.tsv"), "a query\tits answer\n");
    Files.write(folder.resolve("cut.onnx"), new byte[] {8, 10, 18, 7, 'p', 'y'});
  }

  /** Eight binary32 numbers with the header of NumPy's format 1.0. */
  private static void write(String name, String shape, String type, float fourth)
      throws IOException {
    String text = "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(type, shape);
    byte[] header =
        (text + " ".repeat(117 - text.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer bytes = ByteBuffer.allocate(10 + header.length + 32).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 0x93).put("NUMPY\1\0".getBytes(StandardCharsets.US_ASCII));
    bytes.putShort((short) header.length).put(header);
    for (float x : new float[] {1, 2, 3, fourth, 5, 6, 7, 8}) {
      bytes.putFloat(x);
    }
    Files.write(folder.resolve(name), bytes.array());
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void isExitCode2AndOneLineWithPlaceAndRule(Mistake mistake) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Macroscope.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(mistake.arguments().replace("{dir}", folder.toString()).split(" "));
    assertThat(code).as(err.toString()).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains(mistake.place(), mistake.rule());
  }
}

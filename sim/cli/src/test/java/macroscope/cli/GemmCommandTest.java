package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import macroscope.accuracy.NpyArray;
import macroscope.accuracy.NpyFile;
import macroscope.reference.ReferenceExactGroupDot;
import macroscope.reference.ReferenceFmaChain;
import macroscope.reference.ReferenceFusedDot;
import macroscope.reference.ReferenceIntegerMac;
import macroscope.reference.ReferenceInterleavedDot;
import macroscope.reference.ReferenceKulisch;
import macroscope.reference.ReferencePairwiseDot;
import macroscope.reference.ReferenceTwoLevelDot;
import macroscope.reference.ReferenceUnit;
import macroscope.reference.ReferenceVectorFma;
import macroscope.unit.ExactGroupDotSpec;
import macroscope.unit.FmaChainSpec;
import macroscope.unit.FusedDotSpec;
import macroscope.unit.IntegerMacSpec;
import macroscope.unit.InterleavedDotSpec;
import macroscope.unit.KulischSpec;
import macroscope.unit.PairwiseDotSpec;
import macroscope.unit.TwoLevelDotSpec;
import macroscope.unit.UnitSpec;
import macroscope.unit.Units;
import macroscope.unit.VectorFmaSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole products of NumPy files, held against one loop over the readable twin of the unit. */
class GemmCommandTest {

  private static final String HOPPER = "nvidia.hopper.wgmma.m64n8k32.f32.e4m3.e4m3";

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int gemm(String unit, String... options) {
    String[] fixed = {"gemm", unit, "--a", path("a"), "--b", path("b"), "--out", path("d")};
    return Macroscope.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(Stream.of(fixed, options).flatMap(Stream::of).toArray(String[]::new));
  }

  private String path(String name) {
    return folder.resolve(name + ".npy").toString();
  }

  private void write(String name, String type, int rows, int columns, long... bits)
      throws IOException {
    NpyFile.write(Path.of(path(name)), new NpyArray(type, rows, columns, bits));
  }

  private void floats(String name, int rows, int columns, double... values) throws IOException {
    write(
        name,
        "<f8",
        rows,
        columns,
        Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray());
  }

  private double[] result() {
    return NpyFile.readArray(Path.of(path("d"))).values();
  }

  private static ReferenceUnit twin(UnitSpec spec) {
    if (spec instanceof FusedDotSpec s) {
      return new ReferenceFusedDot(s);
    }
    if (spec instanceof InterleavedDotSpec s) {
      return new ReferenceInterleavedDot(s);
    }
    if (spec instanceof PairwiseDotSpec s) {
      return new ReferencePairwiseDot(s);
    }
    if (spec instanceof ExactGroupDotSpec s) {
      return new ReferenceExactGroupDot(s);
    }
    if (spec instanceof TwoLevelDotSpec s) {
      return new ReferenceTwoLevelDot(s);
    }
    if (spec instanceof VectorFmaSpec s) {
      return new ReferenceVectorFma(s);
    }
    if (spec instanceof KulischSpec s) {
      return new ReferenceKulisch(s);
    }
    if (spec instanceof IntegerMacSpec s) {
      return new ReferenceIntegerMac(s);
    }
    return new ReferenceFmaChain((FmaChainSpec) spec);
  }

  /** Sizes around a pass and beyond a block of rows; every bit at random, NaN and infinities too. */
  @ParameterizedTest
  @CsvSource({
    HOPPER + ", <u4, |u1, 8",
    "nvidia.hopper.wgmma.m64n8k32.f16.e5m2.e4m3, <u2, |u1, 8",
    "nvidia.hopper.mma.m16n8k32.f16.e5m2.e5m2.f16, <u2, |u1, 8",
    "nvidia.volta.mma.m8n8k4.f32.f16.f16.f32, <u4, <u2, 16",
    "nvidia.ampere.mma.m16n8k16.f32.bf16.bf16.f32, <u4, <u2, 16",
    "nvidia.ampere.mma.m16n8k16.f32.bf16.bf16.f32+zeros_dropped, <u4, <u2, 16",
    "amd.cdna1.mfma.f32_16x16x16f16, <u4, <u2, 16",
    "amd.cdna1.mfma.f32_16x16x16f16+exact_sum, <u4, <u2, 16",
    "amd.cdna2.mfma.f32_16x16x16bf16_1k, <u4, <u2, 16",
    "amd.cdna3.mfma.f32_16x16x32_fp8_bf8, <u4, |u1, 8",
    "intel.xeonamx.tdpbf16ps, <u4, <u2, 16",
    "intel.xeonamx.vfmaddps, <u4, <u4, 32",
    "nvidia.ampere.mma.m8n8k4.f64.f64.f64.f64, <u8, <u8, 64",
    "kulisch:a=e4m3fn;length=16;terms=1024, <u4, |u1, 8"
  })
  void itIsTheTwinsLoopForEverySize(String unit, String typeC, String type, int bits)
      throws IOException {
    String name = unit.replace(';', ',');
    int[][] sizes = {{1, 1, 1}, {3, 5, 33}, {1, 35, 7}, {34, 1, 65}};
    for (int[] size : sizes) {
      compare(name, typeC, type, bits, size[0], size[1], size[2]);
    }
  }

  private void compare(String unit, String typeC, String type, int bits, int m, int n, int k)
      throws IOException {
    Random random = new Random(m + n + k);
    long[] a = random.longs((long) m * k).map(x -> x >>> (Long.SIZE - bits)).toArray();
    long[] b = random.longs((long) n * k).map(x -> x >>> (Long.SIZE - bits)).toArray();
    int bitsC = 8 * (typeC.charAt(2) - '0');
    long[] c = random.longs((long) m * n).map(x -> x >>> (Long.SIZE - bitsC)).toArray();
    write("a", type, m, k, a);
    NpyFile.write(Path.of(path("b")), new NpyArray(type, n, k, b).transposed());
    write("c", typeC, m, n, c);
    assertThat(gemm(unit, "--c", path("c"), "--threads", "3")).as(err.toString()).isZero();
    ReferenceUnit twin = twin(Units.named(unit).orElseThrow());
    long[] expected = new long[m * n];
    for (int i = 0, at = 0; i < m; i++) {
      for (int j = 0; j < n; j++, at++) {
        long[] row = Arrays.copyOfRange(a, i * k, (i + 1) * k);
        long[] column = Arrays.copyOfRange(b, j * k, (j + 1) * k);
        expected[at] = twin.dot(row, column, c[at]);
      }
    }
    assertThat(NpyFile.readArray(Path.of(path("d"))).bits()).as(m + "x" + n).isEqualTo(expected);
  }

  @Test
  void integersAreValuesOfAnIntegerUnit() throws IOException {
    write("a", "|u1", 1, 3, 200, 7, 255);
    write("b", "|i1", 3, 1, 0xFF, 3, 0x80);
    write("c", "<i4", 1, 1, 5);
    assertThat(gemm("intel.xeonamx.tdpbusd", "--c", path("c"))).isZero();
    assertThat(result()).containsExactly(5 - 200 + 21 - 255 * 128);
    assertThat(NpyFile.readArray(Path.of(path("d"))).type()).isEqualTo("<i4");
  }

  /** 500 saturates to 448; 0.3 becomes 0.3125. */
  @Test
  void numbersAreRoundedOnceToTheOperandFormat() throws IOException {
    floats("a", 1, 2, 500, 0.3);
    floats("b", 2, 1, 1, 64);
    assertThat(gemm(HOPPER)).isZero();
    assertThat(result()).containsExactly(448 + 20);
  }

  @Test
  void infinitiesAndNanOfTheFilesCount() throws IOException {
    floats("a", 3, 1, Double.POSITIVE_INFINITY, Double.NaN, -2);
    floats("b", 1, 2, 1, 0);
    assertThat(gemm("nvidia.volta.mma.m8n8k4.f32.f16.f16.f32")).isZero();
    assertThat(result())
        .containsExactly(Double.POSITIVE_INFINITY, Double.NaN, Double.NaN, Double.NaN, -2, 0);
  }

  @Test
  void weightsMayBeStoredByOutput() throws IOException {
    floats("a", 1, 2, 1, 2);
    floats("b", 3, 2, 1, 0, 0, 1, 1, 1);
    assertThat(gemm(HOPPER, "--transpose-b")).isZero();
    assertThat(result()).containsExactly(1, 2, 3);
  }

  /** A scale of 1/448 of each row and column, applied after. */
  @Test
  void scalesAreAppliedAsKernelsDo() throws IOException {
    floats("a", 1, 2, 3, 0);
    floats("b", 2, 1, 5, 0);
    assertThat(gemm(HOPPER, "--a-format", "e4m3fn:token", "--b-format", "e4m3fn:channel")).isZero();
    assertThat(result()[0]).isBetween(14.9999, 15.0001);
  }

  /** Channels of A are sorted by their largest magnitude, 127, 64 | 2, 1; B is put in that order. */
  @ParameterizedTest
  @ValueSource(strings = {"fmpq2:1of2:sorted", "fmpq2:blocks0:sorted"})
  void theOrderOfChannelsIsThatOfA(String format) throws IOException {
    floats("a", 1, 4, 1, 64, 2, 127);
    floats("b", 4, 1, 127, 0, 1, 64);
    String unit = "integer_mac:a=int8,length=2,accumulator_bits=32+mixed:block=2,high=1of2";
    assertThat(gemm(unit, "--a-format", format, "--b-format", "int8:channel"))
        .as(err.toString())
        .isZero();
    assertThat(result()[0]).isBetween(64 * 127 + (2 + 127 * 8 / 7.0) - 0.01, 64 * 127 + 147.2);
  }

  @Test
  void theNumberOfThreadsChangesNoBit() throws IOException {
    double[] x = new Random(1).doubles(70 * 40, -1, 1).toArray();
    floats("a", 70, 40, x);
    floats("b", 40, 70, x);
    gemm(HOPPER, "--threads", "1");
    byte[] one = Files.readAllBytes(Path.of(path("d")));
    gemm(HOPPER, "--threads", "7");
    assertThat(Path.of(path("d"))).hasBinaryContent(one);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--c c.npy | must be 1 x 1: 1 x 2",
        "--c f.npy | element 0 must be a number of binary32: 0.1",
        "--threads 0 | must be at least 1: 0",
        "--a-format e4m3fn:token | --a-format: is needed together with --b-format",
        "--a-format int8:token --b-format int8:channel | operand format must be e4m3fn",
        "--transpose-b | K must be that of A, 2: 1",
        "--a-format fmpq2:blocks1 --b-format e4m3fn:channel | a.npy: block must be 0..0: 1",
        "--a-format fmpq2 --b-format e4m3fn:channel | --a-format: scheme fmpq2: needs the blocks of"
            + " more bits: fmpq2:1of4 or fmpq2:blocks0_2",
        "--a-format e4m3fn:token --b-format e4m3fn:tensor --c f.npy | --c: cannot be joined",
        "--c none.npy | a .npy file that can be read is needed"
      })
  void aMistakeIsOneLineAndNothingIsWritten(String options, String message) throws IOException {
    floats("a", 1, 2, 1, 2);
    floats("b", 2, 1, 1, 2);
    floats("c", 1, 2, 1, 2);
    floats("f", 1, 1, 0.1);
    String[] words = options.replaceAll("(\\w+)\\.npy", folder + "/$1.npy").split(" ");
    assertThat(gemm(HOPPER, words)).isEqualTo(2);
    assertThat(err.toString().lines()).singleElement().asString().contains(message);
    assertThat(Path.of(path("d"))).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<f2", "<f4", "<f8", "|i1", "<i2", "<i4", "<i8", "|u1", "<u2", "<u4", "<u8"})
  void aWrittenFileIsReadBack(String type) throws IOException {
    write("a", type, 2, 2, 1, 2, 3, 0x7F);
    NpyArray array = NpyFile.readArray(Path.of(path("a")));
    assertThat(array.bits()).containsExactly(1, 2, 3, 0x7F);
    assertThat(array.type()).isEqualTo(type);
  }

  /** NumPy aligns data to 64 bytes and ends the header with a line feed. */
  @Test
  void theHeaderIsThatOfNumpy() throws IOException {
    write("a", "<f4", 1, 1, 0x3F800000);
    byte[] bytes = Files.readAllBytes(Path.of(path("a")));
    assertThat(bytes).hasSize(128 + 4);
    assertThat(new String(bytes, 10, 118, java.nio.charset.StandardCharsets.US_ASCII))
        .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1), }")
        .endsWith(" \n");
  }
}

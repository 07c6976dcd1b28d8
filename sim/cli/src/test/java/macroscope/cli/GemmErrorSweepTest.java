package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sweeps of errors of matrix products, from the file to the charts. */
class GemmErrorSweepTest {

  private static final String SWEEP =
      """
      name: small
      title: Small
      rows: 4
      columns: 6
      a: "e4m3fn:token"
      b: "e4m3fn:channel"
      operands:
        - {source: layer, model: kjv-gpt, layer: blk0.q.matmul, samples: 2}
        - {source: layer, model: kjv-gpt, layer: blk0.q.matmul, samples: 2, product: input_moments}
        - {source: random, distribution: laplace, seed: 3}
      units:
        depths: [32, 128]
        curves:
          - {name: "Hopper, promoted", unit: nvidia.hopper.wgmma.m64n8k32.f32.e4m3.e4m3, promote_every: 64}
          - {name: FP32, unit: "fma_chain:format=binary32,length=1"}
      kept_fraction_bits: {bits: [10, 13], length: 32, depths: [128], promote_every: 64}
      """;

  @TempDir private Path folder;
  private final StringWriter err = new StringWriter();

  private int run(String yaml, String out, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("small.yaml"), yaml);
    String[] fixed = {"sweep", file.toString(), "--out", folder.resolve(out).toString()};
    return Macroscope.commandLine()
        .setErr(new PrintWriter(err, true))
        .setOut(new PrintWriter(new StringWriter()))
        .execute(Stream.of(fixed, options).flatMap(Stream::of).toArray(String[]::new));
  }

  private List<Path> files(String out) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(out))) {
      return files.sorted().toList();
    }
  }

  @Test
  void itWritesATableAndTwoChartsForEachPairOfOperands() throws IOException {
    assertThat(run(SWEEP, "out")).isZero();
    assertThat(files("out").stream().map(file -> file.getFileName().toString()))
        .filteredOn(name -> name.endsWith("png"))
        .containsExactly(
            "gemm-error-1-kjv-gpt-blk0-q-matmul-against-bits.png",
            "gemm-error-1-kjv-gpt-blk0-q-matmul-against-k.png",
            "gemm-error-2-kjv-gpt-blk0-q-matmul-input-moments-against-bits.png",
            "gemm-error-2-kjv-gpt-blk0-q-matmul-input-moments-against-k.png",
            "gemm-error-3-laplace-against-bits.png",
            "gemm-error-3-laplace-against-k.png");
    // For each pair: two units at two K; two numbers of bits, promoted or not, and exact.
    assertThat(Files.readAllLines(folder.resolve("out/gemm-error.csv"))).hasSize(1 + 3 * (4 + 5));
  }

  @Test
  void theNumberOfThreadsChangesNoByte() throws IOException {
    run(SWEEP, "one", "--threads", "1");
    run(SWEEP, "many", "--threads", "5");
    assertThat(files("one")).hasSameSizeAs(files("many"));
    for (Path file : files("one")) {
      assertThat(folder.resolve("many").resolve(file.getFileName())).hasSameBinaryContentAs(file);
    }
  }

  @Test
  void aChartNamesItsUnits() throws IOException {
    run(SWEEP, "out");
    assertThat(folder.resolve("out/gemm-error-3-laplace-against-k.svg"))
        .content()
        .contains(">Hopper, promoted<", ">FP32<", "K: products of a sum")
        .doesNotContain("Pareto");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "source: random ! source: file ! must be one of layer, random: file",
        "model: kjv-gpt ! model: kjv ! no such network: kjv",
        "samples: 2 ! samples: 1 ! samples must be 2..",
        "laplace ! laplac ! distribution must be one of",
        "promote_every: 64} ! promote_every: 48} ! promotion must come after a multiple of the unit's 32",
        "e4m3fn:token ! e4m3fn:group32 ! scales must be those of rows",
        "depths: [32, 128] ! depths: [32, 0] ! K must be 1..1048576: 0",
        "depths: [32, 128] ! depths: [32, 512] ! tokens must number at least 512: 256",
        "rows: 4 ! rows: 1 ! rows must be 2..4096: 1",
        "e4m3.e4m3 ! e4m3.e4m4 ! did you mean nvidia.hopper.wgmma",
        "name: small ! name: a/b ! must be letters, digits",
        "seed: 3 ! sed: 3 ! unknown key; did you mean seed?",
        "layer: blk0.q.matmul ! layer: blk0.q ! layer must be one of blk0.f1.matmul"
      })
  void whatIsWrongIsRefusedByPlace(String right, String wrong, String message) throws IOException {
    assertThat(run(SWEEP.replace(right, wrong), "out")).isEqualTo(2);
    assertThat(err.toString().lines()).singleElement().asString().contains("small.yaml", message);
  }

  @Test
  void anOptionThatItDoesNotHaveIsRefused() throws IOException {
    assertThat(run(SWEEP, "out", "--limit", "2")).isEqualTo(2);
  }
}

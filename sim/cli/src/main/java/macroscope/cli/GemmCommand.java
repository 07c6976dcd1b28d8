package macroscope.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import macroscope.accuracy.NpyArray;
import macroscope.accuracy.NpyFile;
import macroscope.config.UnitNames;
import macroscope.input.InputException;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.TensorFormat;
import macroscope.unit.DotProductUnit;
import macroscope.unit.UnitSpec;
import macroscope.unit.Units;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gemm}: one matrix product of NumPy files through a unit, bit for bit. */
@Command(
    name = "gemm",
    description = {
      "Multiplies two matrices of NumPy files on a unit, bit for bit, and writes D = A B + C as another.",
      "A is M x K, B is K x N; NaN and infinities included. Any M, N and K."
    },
    footer = {
      "",
      "Numbers are rounded once to the unit's operand format (to nearest even, finite ones saturating);",
      "unsigned integers are codes of float operands, as registers hold them. With --a-format or",
      "--b-format operands are quantized, and scales are applied as kernels do. D has the elements of the",
      "accumulator: f2, f4, f8, i4 or i8, bit for bit; f4 where scales are applied.",
      "",
      "Examples:",
      "  macroscope gemm nvidia.hopper.wgmma.m64n8k32.f32.e4m3.e4m3 --a a.npy --b b.npy --out d.npy",
      "  macroscope gemm amd.cdna3.mfma.f32_16x16x16_f16 --a x.npy --b weights.npy --transpose-b \\",
      "      --c bias.npy --out y.npy",
      "  macroscope gemm nvidia.hopper.wgmma.m64n8k32.f32.e4m3.e4m3 --a x.npy --b w.npy --out y.npy \\",
      "      --a-format e4m3fn:group128 --b-format e4m3fn:channel"
    })
final class GemmCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "UNIT", description = "A unit, as for units.")
  private String unit;

  @Option(names = "--a", required = true, paramLabel = "FILE.npy", description = "M x K.")
  private Path a;

  @Option(names = "--b", required = true, paramLabel = "FILE.npy", description = "K x N.")
  private Path b;

  @Option(names = "--c", paramLabel = "FILE.npy", description = "M x N addends; default: 0.")
  private Optional<Path> c = Optional.empty();

  @Option(names = "--out", required = true, paramLabel = "FILE.npy", description = "M x N results.")
  private Path out;

  @Option(names = "--transpose-b", description = "B is N x K, as weights are stored.")
  private boolean transposed;

  @Option(names = "--a-format", paramLabel = "F", description = "Scheme that A is quantized by.")
  private Optional<String> formatA = Optional.empty();

  @Option(names = "--b-format", paramLabel = "F", description = "Scheme that B is quantized by.")
  private Optional<String> formatB = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Blocks of rows at a time (default: one for each processor).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() throws IOException {
    if (threads < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '--threads': must be at least 1: " + threads);
    }
    UnitSpec found = UnitNames.find(unit);
    NpyArray left = NpyFile.readArray(a);
    NpyArray second = NpyFile.readArray(b);
    NpyArray right = transposed ? second : second.transposed();
    if (left.columns() != right.columns()) {
      throw new InputException(
          b.toString(), "K must be that of A, " + left.columns() + ": " + right.columns());
    }
    long start = System.nanoTime();
    NpyArray result = product(Units.create(found), left, right);
    NpyFile.write(out, result);
    tell(left, right, result, (System.nanoTime() - start) / 1e9);
    return 0;
  }

  private <P> NpyArray product(DotProductUnit<P> made, NpyArray left, NpyArray right) {
    GemmOperands operands = new GemmOperands(made);
    if (formatA.isPresent() != formatB.isPresent()) {
      throw new InputException("--a-format", "is needed together with --b-format");
    }
    if (formatA.isEmpty()) {
      long[] addends =
          operands.addends(c.map(NpyFile::readArray), left.rows(), right.rows(), place());
      return operands.multiply(
          operands.left(left, a.toString()), operands.right(right, b.toString()), addends, threads);
    }
    if (c.isPresent()) {
      throw new InputException(
          "--c", "cannot be joined to a product whose scales are applied after");
    }
    TensorFormat schemeA = Schemes.parse("--a-format", formatA.get());
    TensorFormat schemeB = Schemes.parse("--b-format", formatB.orElseThrow());
    EncodedMatrix first = GemmOperands.quantized(left, schemeA, Optional.empty(), a.toString());
    return operands.multiplyScaled(
        first, GemmOperands.quantized(right, schemeB, first.order(), b.toString()));
  }

  private String place() {
    return c.map(Path::toString).orElse("--c");
  }

  private void tell(NpyArray left, NpyArray right, NpyArray result, double seconds) {
    PrintWriter stdout = spec.commandLine().getOut();
    double products = (double) left.rows() * right.rows() * left.columns();
    stdout.printf(
        Locale.ROOT,
        "%s: %d x %d of %s, K = %d, %.3g multiply-accumulates, %.2f s%n",
        out,
        result.rows(),
        result.columns(),
        result.type(),
        left.columns(),
        products,
        seconds);
    stdout.flush();
  }
}

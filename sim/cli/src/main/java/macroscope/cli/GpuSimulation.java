package macroscope.cli;

import java.io.PrintWriter;
import java.util.Locale;
import macroscope.input.InputException;
import macroscope.machine.gpu.GemmOperands;
import macroscope.machine.gpu.Gpu;
import macroscope.machine.gpu.GpuGemm;
import macroscope.machine.gpu.GpuTime;
import macroscope.machine.gpu.OperandType;
import macroscope.tensor.TensorFormat;
import macroscope.workload.Gemm;

/** Prints the predicted time of a product on a graphics processor, and what it is made of. */
record GpuSimulation(Gpu gpu, TensorFormat a, TensorFormat b) {

  private static final int RESULT_BITS = 16;

  void print(Gemm gemm, PrintWriter out) {
    OperandType type = type();
    GemmOperands operands =
        new GemmOperands(
            type,
            a.bitsPerElement(gemm.m(), gemm.k()),
            b.bitsPerElement(gemm.n(), gemm.k()),
            RESULT_BITS);
    GpuTime time =
        new GpuGemm(gpu)
            .time(gemm, 1, operands)
            .orElseThrow(
                () -> new InputException("--a", type + " is not multiplied by " + gpu.name()));
    print(gemm, type, time, out);
    out.flush();
  }

  /** The type of the activations; weights are converted to it. */
  private OperandType type() {
    return OperandType.find(a.element().name())
        .orElseThrow(
            () ->
                new InputException(
                    "--a", "must be of a type that tensor cores multiply: " + a.name()));
  }

  private void print(Gemm gemm, OperandType type, GpuTime time, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s: %d multiprocessors, %.0f MHz, %s%n",
        gpu.name(),
        gpu.multiprocessors(),
        gpu.clockMegahertz(),
        type);
    row(out, "tile", time.tile().toString());
    row(out, "split of K", String.valueOf(time.split()));
    row(out, "blocks", time.blocks() + ", " + time.resident() + " at a time on a multiprocessor");
    row(out, "waves", String.valueOf(time.waves()));
    row(out, "launch", microseconds(time.launchSeconds()));
    row(out, "blocks take", microseconds(time.computeSeconds()));
    row(out, "DRAM takes", microseconds(time.dramSeconds()));
    row(out, "reduction takes", microseconds(time.reductionSeconds()));
    row(out, "time", microseconds(time.seconds()));
    row(out, "bound by", time.bound().toString());
    row(out, "DRAM bytes", String.format(Locale.ROOT, "%.0f", time.dramBytes()));
    double peak = gpu.peakMacsPerSecond(type);
    double part = (double) gemm.m() * gemm.n() * gemm.k() / (time.seconds() * peak);
    row(out, "utilisation", String.format(Locale.ROOT, "%.4g %%", 100 * part));
  }

  private static String microseconds(double seconds) {
    return String.format(Locale.ROOT, "%.4g us", seconds * 1e6);
  }

  private static void row(PrintWriter out, String what, String value) {
    out.printf(Locale.ROOT, "%-22s %s%n", what, value);
  }
}

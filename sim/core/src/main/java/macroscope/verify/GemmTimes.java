package macroscope.verify;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import macroscope.machine.gpu.GemmOperands;
import macroscope.machine.gpu.Gpu;
import macroscope.machine.gpu.GpuGemm;
import macroscope.machine.gpu.GpuTime;
import macroscope.machine.gpu.OperandType;
import macroscope.workload.Gemm;

/** Measured matrix products of graphics processors. */
final class GemmTimes implements TimesReader<Gpu> {

  /** So that tiles and steps fit a long. */
  private static final int MOST = 1 << 22;

  private static final Map<String, Integer> RESULT_BITS =
      Map.of("f16", 16, "bf16", 16, "f32", 32, "s32", 32, "i32", 32, "int32", 32, "f64", 64);

  private final Map<String, Gpu> gpus;

  GemmTimes(Map<String, Gpu> gpus) {
    this.gpus = gpus;
  }

  @Override
  public Columns columns() {
    return Columns.of("machine", "m", "n", "k", "a_type", "b_type", "d_type", TimesKind.LATENCY);
  }

  @Override
  public Map<String, Gpu> machines() {
    return gpus;
  }

  @Override
  public Optional<ToDoubleFunction<Gpu>> milliseconds(VectorRow row, Gpu machine) {
    Gemm gemm = gemm(row);
    return operands(row)
        .filter(operands -> new GpuGemm(machine).time(gemm, 1, operands).isPresent())
        .map(operands -> gpu -> milliseconds(gpu, gemm, operands));
  }

  private static double milliseconds(Gpu gpu, Gemm gemm, GemmOperands operands) {
    return new GpuGemm(gpu).time(gemm, 1, operands).map(GpuTime::milliseconds).orElseThrow();
  }

  private static Optional<GemmOperands> operands(VectorRow row) {
    Optional<Integer> bits = Optional.ofNullable(RESULT_BITS.get(lower(row, "d_type")));
    return type(row).flatMap(type -> bits.map(b -> GemmOperands.of(type, b)));
  }

  private static Optional<OperandType> type(VectorRow row) {
    return OperandType.find(lower(row, "a_type"))
        .filter(a -> OperandType.find(lower(row, "b_type")).equals(Optional.of(a)));
  }

  private static String lower(VectorRow row, String column) {
    return row.text(column).toLowerCase(Locale.ROOT);
  }

  private static Gemm gemm(VectorRow row) {
    return new Gemm(
        row.integer("m", 1, MOST), row.integer("n", 1, MOST), row.integer("k", 1, MOST));
  }

  @Override
  public String asked(VectorRow row) {
    return "products of "
        + VectorRow.shown(row.text("a_type"))
        + " by "
        + VectorRow.shown(row.text("b_type"))
        + " to "
        + VectorRow.shown(row.text("d_type"))
        + " are not modelled on "
        + row.text("machine");
  }

  @Override
  public String describe(VectorRow row) {
    return row.text("m") + "x" + row.text("n") + "x" + row.text("k") + " " + row.text("a_type");
  }
}

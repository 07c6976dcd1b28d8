package macroscope.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Multiply-accumulates a nanosecond of one thread, in products of 512 x 512 x 512: lookup tables, ternary
 * weights, products by addition and codebooks, bit for bit, beside an array of integer multipliers.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(TableGemmBenchmark.MACS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class TableGemmBenchmark {

  private static final int SIZE = 512;
  static final int MACS = SIZE * SIZE * SIZE;

  /** Whose product. */
  public enum Case {
    INT8("integer_mac:a=int8,length=32,accumulator_bits=32", "int8:token", "int8:channel"),
    TMAC_1BIT("lookup_table:weight_bits=1", "binary16", "uint1:group32:asym:fp16"),
    TMAC_2BITS("lookup_table:weight_bits=2", "binary16", "int2:group32"),
    TMAC_4BITS("lookup_table:weight_bits=4", "binary16", "int4:group32"),
    TMAC_4BITS_FP16(
        "lookup_table:weight_bits=4,number_system=fp16_neon", "binary16", "int4:group32"),
    TMAC_4BITS_FAST(
        "lookup_table:weight_bits=4,number_system=fp16_neon,aggregation=fast_corrected",
        "binary16",
        "int4:group32"),
    LUT_TENSOR_CORE("lut_tensor_core:weights=int2", "int8:token", "int2:channel"),
    BITNET_TL2("bitnet_tl2", "int8:token", "ternary:channel"),
    SHERRY("sherry", "int8:token", "sherry:channel"),
    TERNARY_ADDS("bitnet_adds", "int8:token", "ternary:channel"),
    L_MUL("log_multiplier:a=e4m3fn,length=16", "e4m3fn:token", "e4m3fn:channel"),
    CODEBOOK_DECODED("aqlm", "binary16", "vq8_8_8"),
    CODEBOOK_TABLES("aqlm_tables", "binary16", "vq8_8_8");

    private final String unit;
    private final String activations;
    private final String weights;

    Case(String unit, String activations, String weights) {
      boolean tmac = unit.startsWith("lookup_table");
      this.unit = tmac ? unit + ",weight_group=32,activation_group=32,tables_per_call=8" : unit;
      this.activations = activations;
      this.weights = weights;
    }
  }

  @Param public Case of = Case.INT8;

  private GemmBenchmark.Product product = () -> "not set up";

  /** Fills the operands. */
  @Setup
  public void fill() {
    product = UnitGemm.of(of.unit, of.activations, of.weights, SIZE)::multiply;
  }

  @Benchmark
  public Object gemm() {
    return product.multiply();
  }
}

package macroscope.benchmarks;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.mult.MatrixMatrixMult_FDRM;
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
 * Multiply-accumulates a nanosecond of one thread, in products of 512 x 512 x 512: units, bit for bit,
 * beside binary32 on the same JVM.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(GemmBenchmark.MACS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(5)
public class GemmBenchmark {

  private static final int SIZE = 512;
  static final int MACS = SIZE * SIZE * SIZE;

  /** Whose product. */
  public enum Case {
    FP32,
    EJML_FP32,
    E4M3_HOPPER("nvidia.hopper.wgmma.m64n8k32.f32.e4m3.e4m3", "e4m3fn:tensor"),
    E5M2_HOPPER("nvidia.hopper.wgmma.m64n8k32.f32.e5m2.e5m2", "e5m2:tensor"),
    FP16_HOPPER("nvidia.hopper.wgmma.m64n8k16.f32.f16.f16", "binary16"),
    BF16_HOPPER("nvidia.hopper.wgmma.m64n8k16.f32.bf16.bf16", "bfloat16"),
    E4M3_BLACKWELL("nvidia.blackwell.tcgen05mma.m64n8k32.f32.e4m3.e4m3", "e4m3fn:tensor"),
    MXFP8_BLACKWELL(
        "nvidia.blackwell.tcgen05mma.block_scale.m128n8k32.block32.f32.e4m3.e4m3.ue8m0", "mxfp8"),
    MXFP4_BLACKWELL(
        "nvidia.blackwell.tcgen05mma.block_scale.m128n8k64.block32.f32.e2m1.e2m1.ue8m0", "mxfp4"),
    NVFP4_BLACKWELL(
        "nvidia.blackwell.tcgen05mma.block_scale.m128n8k64.block16.f32.e2m1.e2m1.ue4m3", "nvfp4"),
    INT8("integer_mac:a=int8,b=int8,length=32,accumulator_bits=32", "int8:tensor"),
    INT4("integer_mac:a=int4,b=int4,length=64,accumulator_bits=32", "int4:tensor"),
    INT16("integer_mac:a=int16,b=int16,length=16,accumulator_bits=48", "int16:tensor");

    private final String unit;
    private final String scheme;

    Case() {
      this("", "");
    }

    Case(String unit, String scheme) {
      this.unit = unit;
      this.scheme = scheme;
    }
  }

  @Param public Case of = Case.FP32;

  private Product product = () -> "not set up";

  /** One product. */
  interface Product {
    Object multiply();
  }

  /** Fills the operands. */
  @Setup
  public void fill() {
    product =
        switch (of) {
          case FP32 -> own();
          case EJML_FP32 -> ejml();
          default -> UnitGemm.of(of.unit, of.scheme, SIZE)::multiply;
        };
  }

  private static float[] random(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] x = new float[SIZE * SIZE];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }

  private static Product own() {
    FloatGemm gemm = new FloatGemm(SIZE);
    float[] a = random(1);
    float[] b = random(2);
    float[] c = new float[SIZE * SIZE];
    return () -> {
      gemm.multiply(a, b, c);
      return c;
    };
  }

  /** EJML's fastest for this size, on one thread. */
  private static Product ejml() {
    FMatrixRMaj a = new FMatrixRMaj(SIZE, SIZE, true, random(1));
    FMatrixRMaj b = new FMatrixRMaj(SIZE, SIZE, true, random(2));
    FMatrixRMaj c = new FMatrixRMaj(SIZE, SIZE);
    return () -> {
      MatrixMatrixMult_FDRM.mult_reorder(a, b, c);
      return c;
    };
  }

  @Benchmark
  public Object gemm() {
    return product.multiply();
  }
}

package macroscope.benchmarks;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import macroscope.format.BulkEncoder;
import macroscope.format.Formats;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
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

/** Gaussian elements that one thread encodes in formats of every kind. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(EncodeBenchmark.COUNT)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class FormatsBenchmark {

  /** Names of the catalogue. */
  @Param({
    "e4m3fn",
    "e4m3fnuz",
    "e2m3fn",
    "e2m1fn",
    "e8m0",
    "int8",
    "int4",
    "q2.6sym",
    "nf4",
    "posit8_1",
    "takum8",
    "lns8_3",
    "int16",
    "posit16_1",
    "takum16",
    "lns16_10",
    "dlfloat16"
  })
  public String format = "e4m3fn";

  private final float[] x = new float[EncodeBenchmark.COUNT];
  private final byte[] bytes = new byte[EncodeBenchmark.COUNT];
  private final short[] shorts = new short[EncodeBenchmark.COUNT];
  private BulkEncoder encoder = encoder(Formats.E4M3FN);
  private boolean fitsBytes = true;

  private static BulkEncoder encoder(NumberFormat format) {
    return BulkEncoder.of(format, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
  }

  /** Fills the input. */
  @Setup
  public void fill() {
    NumberFormat chosen = Formats.canonical(format);
    encoder = encoder(chosen);
    fitsBytes = chosen.bits() <= Byte.SIZE;
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
  }

  @Benchmark
  public Object encode() {
    if (fitsBytes) {
      encoder.encode(x, 0, x.length, bytes);
      return bytes;
    }
    encoder.encode(x, 0, x.length, shorts);
    return shorts;
  }
}

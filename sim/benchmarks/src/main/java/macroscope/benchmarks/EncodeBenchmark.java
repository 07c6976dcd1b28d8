package macroscope.benchmarks;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import macroscope.format.BulkEncoder;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.tensor.BlockEncoder;
import macroscope.tensor.TensorFormat;
import macroscope.tensor.TensorFormats;
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

/** Elements that one thread encodes: ours, the JDK's binary16, and a search in a table of midpoints. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(EncodeBenchmark.COUNT)
@Warmup(iterations = 8, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class EncodeBenchmark {

  static final int COUNT = 1 << 16;
  private static final int COLUMNS = 256;

  /** Numbers of usual magnitudes, or of all. */
  @Param({"gaussian", "bits"})
  public String data = "gaussian";

  /** Whether what can runs on the Vector API, given --add-modules jdk.incubator.vector. */
  @Param({"false", "true"})
  public boolean vectorized = false;

  private final float[] x = new float[COUNT];
  private final byte[] bytes = new byte[COUNT];
  private final byte[] scales = new byte[COUNT];
  private final short[] shorts = new short[COUNT];
  private final float[] midpoints = midpoints(Formats.E4M3FN);
  private BulkEncoder e4m3 = encoder(Formats.E4M3FN);
  private BulkEncoder e5m2 = encoder(Formats.E5M2);
  private BulkEncoder binary16 = encoder(Formats.BINARY16);
  private BulkEncoder bfloat16 = encoder(Formats.BFLOAT16);
  private BlockEncoder mxfp4 = blocks("mxfp4");
  private BlockEncoder mxfp8 = blocks("mxfp8");

  private static final MethodHandle TO_FLOAT16 = toFloat16();

  private BulkEncoder encoder(FloatFormat format) {
    return vectorized
        ? BulkEncoder.vectorized(format, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE)
        : BulkEncoder.of(format, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
  }

  private BlockEncoder blocks(String name) {
    TensorFormat format = TensorFormats.parse(name);
    return (vectorized ? BlockEncoder.vectorized(format) : BlockEncoder.of(format)).orElseThrow();
  }

  private static MethodHandle toFloat16() {
    try {
      return MethodHandles.publicLookup()
          .findStatic(
              Float.class, "floatToFloat16", MethodType.methodType(short.class, float.class));
    } catch (NoSuchMethodException e) {
      // Before Java 20: the benchmark says so.
      return MethodHandles.throwException(short.class, UnsupportedOperationException.class);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static float[] midpoints(FloatFormat format) {
    float[] found = new float[(int) format.maxFiniteCode()];
    for (int code = 0; code < found.length; code++) {
      found[code] = (float) (format.decodeDouble(code) / 2 + format.decodeDouble(code + 1) / 2);
    }
    return found;
  }

  /** Makes the encoders anew, as the parameters now say, and fills the input. */
  @Setup
  public void fill() {
    e4m3 = encoder(Formats.E4M3FN);
    e5m2 = encoder(Formats.E5M2);
    binary16 = encoder(Formats.BINARY16);
    bfloat16 = encoder(Formats.BFLOAT16);
    mxfp4 = blocks("mxfp4");
    mxfp8 = blocks("mxfp8");
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < COUNT; i++) {
      do {
        x[i] =
            data.equals("bits")
                ? Float.intBitsToFloat(random.nextInt())
                : (float) random.nextGaussian();
      } while (!(Math.abs(x[i]) <= Float.MAX_VALUE));
    }
  }

  @Benchmark
  public byte[] e4m3fn() {
    e4m3.encode(x, 0, COUNT, bytes);
    return bytes;
  }

  @Benchmark
  public byte[] e5m2() {
    e5m2.encode(x, 0, COUNT, bytes);
    return bytes;
  }

  @Benchmark
  public short[] bfloat16() {
    bfloat16.encode(x, 0, COUNT, shorts);
    return shorts;
  }

  @Benchmark
  public short[] binary16() {
    binary16.encode(x, 0, COUNT, shorts);
    return shorts;
  }

  @Benchmark
  public byte[] mxfp4() {
    mxfp4.encode(x, COUNT / COLUMNS, COLUMNS, bytes, scales);
    return bytes;
  }

  @Benchmark
  public byte[] mxfp8() {
    mxfp8.encode(x, COUNT / COLUMNS, COLUMNS, bytes, scales);
    return bytes;
  }

  /** The JDK's own conversion, an instruction where the processor has it; Java 20 and newer. */
  @Benchmark
  public short[] jdkBinary16() throws Throwable {
    for (int i = 0; i < COUNT; i++) {
      shorts[i] = (short) TO_FLOAT16.invokeExact(x[i]);
    }
    return shorts;
  }

  /** A plain search among the midpoints, ties not told apart. */
  @Benchmark
  public byte[] tableSearchE4m3fn() {
    for (int i = 0; i < COUNT; i++) {
      int place = Arrays.binarySearch(midpoints, Math.abs(x[i]));
      int magnitude = Math.min(place < 0 ? -place - 1 : place, midpoints.length);
      bytes[i] = (byte) (x[i] < 0 ? magnitude | 0x80 : magnitude);
    }
    return bytes;
  }
}

package macroscope.benchmarks;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import macroscope.format.IntegerFormat;
import macroscope.machine.Dataflow;
import macroscope.machine.Drain;
import macroscope.machine.Machine;
import macroscope.machine.StorageBits;
import macroscope.machine.UnitShape;
import macroscope.machine.stepped.MemorySystem;
import macroscope.machine.stepped.SramPort;
import macroscope.machine.stepped.SteppedMachine;
import macroscope.machine.stepped.SteppedRun;
import macroscope.machine.stepped.TileSchedule;
import macroscope.machine.stepped.Tiling;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.TensorFormat;
import macroscope.unit.IntegerMacSpec;
import macroscope.unit.IntegerMacUnit;
import macroscope.workload.Gemm;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Simulated cycles a second of arrays that are stepped through with their operands, int8 into 32 bits:
 * column {@code :cycles}. The closed form gives the same number of cycles, so that its speed is what
 * stepping costs.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class SteppedBenchmark {

  private static final IntegerFormat INT8 = new IntegerFormat("int8", 8, true, false, 0);
  private static final StorageBits BITS = new StorageBits(8, 8, 32);
  private static final int DEPTH = 256;

  /** Units in a row and in a column. */
  @Param({"16", "128"})
  public int size = 16;

  /** What stays. */
  @Param({"OUTPUT_STATIONARY", "WEIGHT_STATIONARY"})
  public Dataflow dataflow = Dataflow.OUTPUT_STATIONARY;

  /** Simulated cycles. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class Counted {
    /** Of all runs of an iteration. */
    public long cycles;
  }

  private final IntegerMacUnit unit =
      new IntegerMacUnit(new IntegerMacSpec("mac", INT8, INT8, 1, 32, false));
  private final UnitShape shape = new UnitShape(1, unit.pipeline());

  private Machine machine() {
    Machine.Sram sram = new Machine.Sram(1 << 20, 1 << 20, 1 << 20);
    return new Machine("array", size, size, dataflow, Drain.OVERLAPPED, 1000, sram);
  }

  private MemorySystem memory() {
    SramPort port = new SramPort(size, 1, 8);
    return new MemorySystem(8 * size, 100, 2, port, port);
  }

  private static EncodedMatrix matrix(int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] codes = random.longs((long) rows * DEPTH).map(x -> x & 255).toArray();
    TensorFormat plain = new TensorFormat("int8", INT8, List.of());
    return new EncodedMatrix(plain, rows, DEPTH, codes, List.of());
  }

  /** Two by two tiles, or as many as 256 of K make. */
  private Gemm gemm() {
    return new Gemm(2 * size, 2 * size, DEPTH);
  }

  /** Every cycle stepped. */
  @Benchmark
  public SteppedRun stepped(Counted counted) {
    Gemm gemm = gemm();
    SteppedRun run =
        new SteppedMachine<>(
                machine(),
                shape,
                memory(),
                Tiling.whole(machine(), shape, gemm),
                BITS,
                unit,
                matrix(gemm.m(), 1),
                matrix(gemm.n(), 2))
            .run();
    counted.cycles += run.cycles();
    return run;
  }

  /** The same cycles by the recurrence. */
  @Benchmark
  public TileSchedule closedForm(Counted counted) {
    TileSchedule schedule = new TileSchedule(machine(), shape, memory(), BITS, gemm());
    counted.cycles += schedule.cycles();
    return schedule;
  }
}

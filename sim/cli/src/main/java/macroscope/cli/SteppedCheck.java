package macroscope.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.input.InputException;
import macroscope.machine.Machine;
import macroscope.machine.StorageBits;
import macroscope.machine.UnitShape;
import macroscope.machine.stepped.ArrayEstimate;
import macroscope.machine.stepped.MemorySystem;
import macroscope.machine.stepped.SteppedMachine;
import macroscope.machine.stepped.SteppedRun;
import macroscope.machine.stepped.Tiling;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.TensorFormat;
import macroscope.unit.Accumulators;
import macroscope.unit.DotProductUnit;
import macroscope.unit.IntegerMacSpec;
import macroscope.unit.IntegerMacUnit;
import macroscope.unit.ScaledDatapath;
import macroscope.workload.Gemm;

/** Steps through a product cycle by cycle and holds it against the closed form and the unit's product. */
record SteppedCheck(
    Machine machine,
    UnitShape unit,
    MemorySystem memory,
    Tiling tiling,
    StorageBits bits,
    Optional<ScaledDatapath> made) {

  /** Registers that are stepped through: some minutes. */
  private static final double MOST_STEPS = 0x1p38;

  static SteppedCheck of(
      Machine machine,
      UnitShape unit,
      MemorySystem memory,
      Tiling tiling,
      StorageBits bits,
      Optional<ScaledDatapath> made) {
    return new SteppedCheck(machine, unit, memory, tiling, bits, made);
  }

  /** Whether all are equal. */
  boolean run(ArrayEstimate estimate, TensorFormat a, TensorFormat b, PrintWriter out) {
    double steps = (double) estimate.performance().cycles() * machine.units();
    if (steps > MOST_STEPS) {
      throw new InputException("--stepped", "must be of at most 2^38 units times cycles: " + steps);
    }
    try {
      return run(made.map(this::datapath).orElseGet(() -> integers(a, b)), estimate, a, b, out);
    } catch (IllegalArgumentException e) {
      throw new InputException("--stepped", String.valueOf(e.getMessage()), e);
    }
  }

  private DotProductUnit<?> datapath(ScaledDatapath with) {
    return with.unit();
  }

  private static DotProductUnit<?> integers(TensorFormat a, TensorFormat b) {
    if (a.element() instanceof IntegerFormat left && b.element() instanceof IntegerFormat right) {
      return new IntegerMacUnit(new IntegerMacSpec("mac", left, right, 1, 32, false));
    }
    throw new InputException(
        "--stepped", "needs --unit, or integers: " + a.name() + ", " + b.name());
  }

  private <P> boolean run(
      DotProductUnit<P> with,
      ArrayEstimate estimate,
      TensorFormat a,
      TensorFormat b,
      PrintWriter out) {
    Gemm gemm = estimate.step().gemm();
    EncodedMatrix left = random(a.element(), gemm.m(), gemm.k(), 1);
    EncodedMatrix right = random(b.element(), gemm.n(), gemm.k(), 2);
    SteppedRun run =
        new SteppedMachine<>(machine, unit, memory, tiling, bits, with, left, right).run();
    Accumulators product = Accumulators.zeros(with.accumulatorFormat(), gemm.m(), gemm.n());
    with.gemm(with.prepareA(left), with.prepareB(right), 0, gemm.k(), product);
    boolean cycles = run.causes().equals(estimate.causes());
    boolean results = Arrays.equals(run.results().codes(), product.codes());
    out.printf(
        "%nstepped through: %d cycles, causes %s; results %s%n",
        run.cycles(),
        cycles ? "equal" : "differ: " + run.causes().cycles(),
        results ? "equal bit for bit" : "differ");
    return cycles && results;
  }

  private static EncodedMatrix random(NumberFormat format, int rows, int depth, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long mask = (1L << format.bits()) - 1;
    long[] codes = random.longs(Math.multiplyExact(rows, depth)).map(x -> x & mask).toArray();
    TensorFormat plain = new TensorFormat(format.name(), format, List.of());
    return new EncodedMatrix(plain, rows, depth, codes, List.of());
  }
}

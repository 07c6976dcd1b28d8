package macroscope.machine;

import java.util.List;
import java.util.function.Function;
import macroscope.workload.Gemm;

/**
 * How a machine of given units does a list of products one after another.
 *
 * @param machine the machine
 * @param unit its units
 * @param steps the products in order
 */
public record Performance(Machine machine, UnitShape unit, List<Step> steps) {

  /**
   * One product.
   *
   * @param gemm the shape
   * @param bits storage of its elements
   * @param cycles cycles from first operand to last result, compute only: memories keep up
   * @param passes passes that units do
   * @param traffic elements moved
   */
  public record Step(Gemm gemm, StorageBits bits, long cycles, long passes, Traffic traffic) {

    /** Bits that the array reads from the SRAM of A, and that fill it. */
    public double sramBitsA() {
      return (traffic.sramReadsA() + traffic.dramReadsA()) * bits.a();
    }

    /** Bits that the array reads from the SRAM of B, and that fill it. */
    public double sramBitsB() {
      return (traffic.sramReadsB() + traffic.dramReadsB()) * bits.b();
    }

    /** Bits of sums written to and read from the output SRAM, and moved on to external memory. */
    public double sramBitsOutput() {
      long sums = traffic.sramReadsOutput() + traffic.sramWritesOutput();
      long moved = traffic.dramReadsOutput() + traffic.dramWritesOutput();
      return (sums + moved) * bits.output();
    }

    /** Bits to and from external memory. */
    public double dramBits() {
      return traffic.dramReadsA() * bits.a()
          + traffic.dramReadsB() * bits.b()
          + (traffic.dramReadsOutput() + traffic.dramWritesOutput()) * bits.output();
    }
  }

  public Performance {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a machine needs at least one product to do");
    }
  }

  /** The performance on {@code gemms} whose storage {@code bits} gives for each shape. */
  public static Performance of(
      Machine machine, UnitShape unit, Function<Gemm, StorageBits> bits, List<Gemm> gemms) {
    SystolicCycles cycles = new SystolicCycles(machine, unit);
    List<Step> steps =
        gemms.stream()
            .map(
                gemm -> {
                  StorageBits stored = bits.apply(gemm);
                  Traffic traffic = Traffic.of(machine, unit, stored, gemm);
                  return new Step(gemm, stored, cycles.cycles(gemm), cycles.passes(gemm), traffic);
                })
            .toList();
    return new Performance(machine, unit, steps);
  }

  /** Cycles of all products. */
  public long cycles() {
    return steps.stream().mapToLong(Step::cycles).sum();
  }

  /** Seconds of all products at the machine's clock. */
  public double seconds() {
    return cycles() / (machine.clockMegahertz() * 1e6);
  }

  /** Multiply-accumulates of all products. */
  public long macs() {
    return steps.stream().mapToLong(step -> step.gemm().macs()).sum();
  }

  /** Passes that units do for all products. */
  public long passes() {
    return steps.stream().mapToLong(Step::passes).sum();
  }

  /** Multiply-accumulates done, as a fraction of those that the units could do in these cycles. */
  public double utilisation() {
    return macs() / (cycles() * machine.units() * unit.macsPerCycle());
  }
}

package macroscope.machine.gpu;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import macroscope.hardware.Widths;
import macroscope.machine.FittedConstant;
import macroscope.machine.TimedMachine;

/**
 * A graphics processor: multiprocessors with matrix units and shared memory, a second-level cache,
 * external memory, and the kernels that a library has for it.
 *
 * @param name as files name it
 * @param multiprocessors how many are enabled
 * @param clockMegahertz clock of the multiprocessors and of the cache
 * @param macsPerCycle multiply-accumulates a cycle of one multiprocessor, by the type of its operands
 * @param vector its other units
 * @param memory its memories
 * @param kernels its kernels
 * @param fitted what is fitted
 * @param gaps between two kernels
 * @param links to other processors of its node; empty if nothing is known of them
 * @param energy what work costs; empty if no source says
 * @param energyMissing why no source says it; empty where one does
 * @param packedWeightBits bits of the widest weights that matrix units multiply as they are, narrower than
 *     their operands; empty if they have to be converted
 */
public record Gpu(
    String name,
    int multiprocessors,
    double clockMegahertz,
    Map<OperandType, Double> macsPerCycle,
    VectorLanes vector,
    GpuMemory memory,
    KernelLibrary kernels,
    FittedConstants fitted,
    KernelGaps gaps,
    Optional<Interconnect> links,
    Optional<EnergyPrices> energy,
    Optional<String> energyMissing,
    Optional<Double> packedWeightBits)
    implements TimedMachine<Gpu> {

  public Gpu {
    Widths.inRange("multiprocessors", multiprocessors, 1, 1 << 12);
    GpuMemory.positive("clock megahertz", clockMegahertz);
    macsPerCycle.forEach(
        (type, rate) -> GpuMemory.positive("multiply-accumulates a cycle of " + type, rate));
    macsPerCycle = Collections.unmodifiableMap(new EnumMap<>(macsPerCycle));
  }

  /** A processor by itself, whose kernels follow each other at once and whose work has no prices. */
  public Gpu(
      String name,
      int multiprocessors,
      double clockMegahertz,
      Map<OperandType, Double> macsPerCycle,
      VectorLanes vector,
      GpuMemory memory,
      KernelLibrary kernels,
      FittedConstants fitted) {
    this(
        name,
        multiprocessors,
        clockMegahertz,
        macsPerCycle,
        vector,
        memory,
        kernels,
        fitted,
        KernelGaps.NONE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Cycles a second. */
  public double hertz() {
    return clockMegahertz * 1e6;
  }

  /** Multiply-accumulates a cycle of one multiprocessor; 0 for a type that it does not multiply. */
  public double macsPerCycle(OperandType type) {
    return macsPerCycle.getOrDefault(type, 0.0);
  }

  /** Multiply-accumulates a second of all multiprocessors at their peak; 0 for a type they lack. */
  public double peakMacsPerSecond(OperandType type) {
    return macsPerCycle(type) * multiprocessors * hertz();
  }

  /**
   * What work costs.
   *
   * @throws IllegalArgumentException if no source says it
   */
  public EnergyPrices prices() {
    return energy.orElseThrow(
        () ->
            new IllegalArgumentException(
                name
                    + " has no prices of energy"
                    + energyMissing.map(reason -> ": " + reason).orElse("")));
  }

  /**
   * The price of a multiply-accumulate of matrix units.
   *
   * @throws IllegalArgumentException if no source says it
   */
  public double macPicojoules(OperandType type) {
    return prices()
        .mac(type)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    name + " has no price of a multiply-accumulate of " + type));
  }

  /** Whether weights of so many stored bits must be made numbers of a type before they are multiplied. */
  boolean converts(OperandType type, double storedBits) {
    boolean packed = packedWeightBits.map(bits -> Math.floor(storedBits) <= bits).orElse(false);
    return storedBits < type.bits() && !packed;
  }

  /** Bytes a second that external memory streams, as fitted. */
  public double dramBytesPerSecond() {
    return memory.dramGigabytesPerSecond() * 1e9 * fitted.dramEfficiency();
  }

  /** Bytes a cycle that one multiprocessor gets from the cache while so many are busy. */
  public double cacheBytesPerCycle(long busy) {
    long sharers = Math.max(1, Math.min(busy, multiprocessors));
    return Math.min(memory.cachePortBytesPerCycle(), memory.cacheBytesPerCycle() / sharers);
  }

  @Override
  public List<FittedConstant> constants() {
    return fitted.list();
  }

  /** The same processor without the kernels of a kind. */
  public Gpu without(KernelTile.Kind kind) {
    return of(kernels.without(kind), fitted, gaps);
  }

  /** The same processor when kernels are launched as one graph. */
  public Gpu inGraph() {
    return of(kernels, fitted, gaps.ofGraph());
  }

  /** Between two kernels: of a stream, unless this is {@link #inGraph}. */
  public double kernelGapSeconds() {
    return gaps.stream();
  }

  private Gpu of(KernelLibrary library, FittedConstants constants, KernelGaps between) {
    return new Gpu(
        name,
        multiprocessors,
        clockMegahertz,
        macsPerCycle,
        vector,
        memory,
        library,
        constants,
        between,
        links,
        energy,
        energyMissing,
        packedWeightBits);
  }

  @Override
  public Gpu with(double[] values) {
    return of(kernels, new FittedConstants(values[0], values[1], values[2]), gaps);
  }
}

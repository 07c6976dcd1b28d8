package macroscope.machine.cpu;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import macroscope.machine.FittedConstant;
import macroscope.machine.TimedMachine;

/**
 * One core of a processor, which runs one thread.
 *
 * @param name as files name it
 * @param clockMegahertz its clock under load
 * @param instructionsPerCycle instructions that can enter a cycle
 * @param sets instruction sets that it has
 * @param ports its execution ports
 * @param secondLevelBytes capacity of its second-level cache
 * @param outerGigabytesPerSecond what one core streams from beyond it, 10^9 bytes
 * @param scheduleFactor fitted: cycles of a loop over those that its ports allow, 0.5..4
 * @param secondLevelBytesPerCycle fitted: what it streams from the second-level cache, 1..256
 */
public record CpuCore(
    String name,
    double clockMegahertz,
    double instructionsPerCycle,
    Set<InstructionSet> sets,
    Ports ports,
    double secondLevelBytes,
    double outerGigabytesPerSecond,
    double scheduleFactor,
    double secondLevelBytesPerCycle)
    implements TimedMachine<CpuCore> {

  public CpuCore {
    positive("clock megahertz", clockMegahertz);
    positive("instructions a cycle", instructionsPerCycle);
    positive("bytes of the second-level cache", secondLevelBytes);
    positive("gigabytes a second from beyond it", outerGigabytesPerSecond);
    sets = Set.copyOf(sets);
    constants(scheduleFactor, secondLevelBytesPerCycle);
  }

  private static void positive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be finite and above 0: " + value);
    }
  }

  /** Whether it has an instruction set. */
  public boolean has(InstructionSet set) {
    return sets.contains(set);
  }

  /**
   * The time of a kernel on {@code rows x depth} weights: its loop or its memory, whichever is slower.
   *
   * @return empty if the core cannot run it
   */
  public Optional<CpuTime> time(Kernel kernel, int rows, int depth) {
    return kernel.work(this, rows, depth).filter(work -> ports.run(work.loop())).map(this::time);
  }

  /**
   * Fewest seconds that a kernel's work can take: its loop on the busiest execution ports. A fitted factor
   * below 1 says that the published code has fewer instructions than the loop that was counted, so that the
   * ports are busy for that part of the cycles only.
   */
  public double leastSeconds(KernelWork work) {
    double cycles = ports.cycles(work.loop()) * Math.min(1, scheduleFactor);
    return work.iterations() * cycles / (clockMegahertz * 1e6);
  }

  private CpuTime time(KernelWork work) {
    double entered = work.entryCycles(instructionsPerCycle);
    double loop = Math.max(ports.cycles(work.loop()), entered) * scheduleFactor;
    double cycles = work.iterations() * Math.max(loop, work.chainCycles());
    boolean cached = work.streamedBytes() <= secondLevelBytes;
    double hertz = clockMegahertz * 1e6;
    double bandwidth = cached ? secondLevelBytesPerCycle * hertz : outerGigabytesPerSecond * 1e9;
    return new CpuTime(cycles / hertz, work.streamedBytes() / bandwidth, work);
  }

  @Override
  public List<FittedConstant> constants() {
    return constants(scheduleFactor, secondLevelBytesPerCycle);
  }

  private static List<FittedConstant> constants(double schedule, double secondLevel) {
    return List.of(
        new FittedConstant("schedule_factor", schedule, 0.5, 4),
        new FittedConstant("l2_bytes_per_cycle", secondLevel, 1, 256));
  }

  @Override
  public CpuCore with(double[] values) {
    return new CpuCore(
        name,
        clockMegahertz,
        instructionsPerCycle,
        sets,
        ports,
        secondLevelBytes,
        outerGigabytesPerSecond,
        values[0],
        values[1]);
  }
}

package macroscope.machine.gpu;

/**
 * What a multiprocessor computes beside its matrix units.
 *
 * @param lanes multiply-adds in binary32 a cycle
 * @param exponentialsPerCycle exponentials, reciprocals and the like a cycle
 * @param logicPerCycle logical operations, shifts and byte permutations of 32 bits a cycle
 * @param halfPerCycle multiply-adds in binary16 a cycle, two of which are one instruction of a lane
 */
public record VectorLanes(
    double lanes, double exponentialsPerCycle, double logicPerCycle, double halfPerCycle) {

  /** Instructions of lanes that the four schedulers of a multiprocessor issue a cycle: a warp each. */
  static final double ISSUED_PER_CYCLE = 4 * 32;

  public VectorLanes {
    GpuMemory.positive("binary32 lanes", lanes);
    GpuMemory.positive("exponentials a cycle", exponentialsPerCycle);
    GpuMemory.positive("logical operations a cycle", logicPerCycle);
    GpuMemory.positive("binary16 multiply-adds a cycle", halfPerCycle);
  }
}

package macroscope.machine.gpu;

/**
 * What a multiprocessor computes beside its matrix units.
 *
 * @param lanes multiply-adds in binary32 a cycle
 * @param exponentialsPerCycle exponentials, reciprocals and the like a cycle
 */
public record VectorLanes(double lanes, double exponentialsPerCycle) {

  public VectorLanes {
    GpuMemory.positive("binary32 lanes", lanes);
    GpuMemory.positive("exponentials a cycle", exponentialsPerCycle);
  }
}

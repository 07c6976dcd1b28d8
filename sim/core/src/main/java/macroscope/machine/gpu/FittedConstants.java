package macroscope.machine.gpu;

import java.util.List;
import macroscope.machine.FittedConstant;

/**
 * What no data sheet holds and is fitted on measured times.
 *
 * @param launchMicroseconds from the call on the host to the first block and from the last block back,
 *     as the measurements count it, 0.001..10000
 * @param dramEfficiency part of the peak bandwidth of external memory that streams reach, 0.05..1
 * @param tensorCoreEfficiency part of the peak rate that the inner loop reaches, 0.05..1
 */
public record FittedConstants(
    double launchMicroseconds, double dramEfficiency, double tensorCoreEfficiency) {

  public FittedConstants {
    list(launchMicroseconds, dramEfficiency, tensorCoreEfficiency);
  }

  /** The constants with their names and ranges. */
  public List<FittedConstant> list() {
    return list(launchMicroseconds, dramEfficiency, tensorCoreEfficiency);
  }

  private static List<FittedConstant> list(double launch, double dram, double tensorCores) {
    return List.of(
        new FittedConstant("launch_microseconds", launch, 1e-3, 1e4),
        new FittedConstant("dram_efficiency", dram, 0.05, 1),
        new FittedConstant("tensor_core_efficiency", tensorCores, 0.05, 1));
  }
}

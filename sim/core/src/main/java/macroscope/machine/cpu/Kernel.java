package macroscope.machine.cpu;

import java.util.Optional;

/** A kernel that multiplies a matrix of quantized weights by a vector of activations. */
public interface Kernel {

  /**
   * Its work on {@code rows x depth} weights.
   *
   * @return empty if it is not written for any of the core's instruction sets
   */
  Optional<KernelWork> work(CpuCore core, int rows, int depth);
}

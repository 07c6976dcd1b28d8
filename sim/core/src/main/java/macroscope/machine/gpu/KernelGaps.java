package macroscope.machine.gpu;

/**
 * Seconds between two kernels of which the second waits for the first, in which the processor does nothing.
 *
 * @param stream where the host puts one after the other into a stream and keeps ahead
 * @param graph where they were put there together, as a CUDA graph
 */
public record KernelGaps(double stream, double graph) {

  /** Kernels follow each other at once. */
  public static final KernelGaps NONE = new KernelGaps(0, 0);

  public KernelGaps {
    for (double seconds : new double[] {stream, graph}) {
      if (!(seconds >= 0 && seconds < 1)) {
        throw new IllegalArgumentException(
            "seconds between kernels must be 0 or more, below 1: " + seconds);
      }
    }
  }

  /** All of them as in a graph. */
  KernelGaps ofGraph() {
    return new KernelGaps(graph, graph);
  }
}

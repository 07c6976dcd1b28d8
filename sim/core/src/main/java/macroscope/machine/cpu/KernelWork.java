package macroscope.machine.cpu;

/**
 * What one call of a kernel does.
 *
 * @param loop vector instructions of an iteration of its inner loop
 * @param iterations how often it runs
 * @param chainCycles cycles of an iteration that dependent sums need, however many ports there are; 0
 *     where sums are independent
 * @param streamedBytes bytes of weights and scales, each read once
 * @param control what steers the loop beside them
 */
public record KernelWork(
    InstructionMix loop,
    double iterations,
    double chainCycles,
    double streamedBytes,
    Control control) {

  /**
   * Instructions of an iteration that are not on the vector ports.
   *
   * @param instructions scalar ones, moves and branches; 0 where an unrolled loop hides them
   * @param takenBranches branches among them that are taken
   */
  public record Control(double instructions, double takenBranches) {

    /** None that count. */
    public static final Control NONE = new Control(0, 0);
  }

  /** With nothing beside the loop's vector instructions. */
  public KernelWork(
      InstructionMix loop, double iterations, double chainCycles, double streamedBytes) {
    this(loop, iterations, chainCycles, streamedBytes, Control.NONE);
  }

  /** The same with so many bytes of weights and scales. */
  KernelWork streaming(double bytes) {
    return new KernelWork(loop, iterations, chainCycles, bytes, control);
  }

  /**
   * Cycles in which the instructions of an iteration enter, {@code width} at most a cycle. A taken branch
   * ends a cycle's group of instructions; the last group of a run is full by chance, so that (width - 1) /
   * 2 places are lost on average.
   */
  double entryCycles(double width) {
    double lost = control.takenBranches() * (width - 1) / 2;
    return (loop.total() + control.instructions() + lost) / width;
  }
}

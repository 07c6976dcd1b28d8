package macroscope.machine.network;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How attention is computed. */
public enum AttentionKernels {
  /** In one kernel whose scores stay on the chip. */
  FLASH(0),
  /** Products and a softmax between them that reads scores twice: sums that are scaled online. */
  TWO_PASSES(2),
  /** The same with a softmax that reads them three times: maximum, sum, quotients. */
  THREE_PASSES(3);

  private final int reads;

  AttentionKernels(int reads) {
    this.reads = reads;
  }

  /** Passes over the scores; 0 in one kernel. */
  int reads() {
    return reads;
  }

  /** By its name on the command line: {@code flash}, {@code two-passes}. */
  public static Optional<AttentionKernels> find(String name) {
    return Arrays.stream(values()).filter(kernels -> kernels.toString().equals(name)).findFirst();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

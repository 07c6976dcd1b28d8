package macroscope.workload;

import macroscope.hardware.Widths;

/**
 * A phase of inference: all tokens of a prompt at once, or one more token of each sequence.
 *
 * @param decode whether it is one more token
 * @param batch sequences
 * @param context tokens of a sequence, the new ones included
 * @param cachesInputs whether the cache holds the inputs of attention, from which keys and values are
 *     made again (XQuant, arXiv 2508.10395), in place of these
 */
public record Inference(boolean decode, int batch, int context, boolean cachesInputs) {

  public Inference {
    Widths.inRange("batch", batch, 1, 1 << 16);
    Widths.inRange("context", context, 1, 1 << 24);
    if ((long) batch * context > 1 << 28) {
      throw new IllegalArgumentException(
          "batch times context must be at most 2^28: " + (long) batch * context);
    }
  }

  /** New tokens of a sequence. */
  public int queries() {
    return decode ? 1 : context;
  }

  /** New tokens of all sequences. */
  public int tokens() {
    return batch * queries();
  }
}

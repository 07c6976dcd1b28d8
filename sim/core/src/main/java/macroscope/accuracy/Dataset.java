package macroscope.accuracy;

/**
 * Labelled inputs of a network. A sample is what enters the network alone: an image, a window of
 * text. Samples have a fixed order.
 */
public interface Dataset {

  /** As reports name it: a file, or {@code mnist-public}. */
  String name();

  /** Number of samples, at least 1. */
  int size();

  /** Number of values of a sample's input. */
  int sampleSize();

  /** The right answers of a sample: one for an image, one a position for a window. */
  int targets();

  /** Writes the input of a sample to {@code out[at..at + sampleSize() - 1]}. */
  void input(int sample, double[] out, int at);

  /** The right class at a position of a sample. */
  int target(int sample, int position);

  /** The largest right class of all. */
  int largestTarget();

  /** SHA-256 of the samples in hexadecimal: equal data have equal digests. */
  String digest();

  /**
   * The first samples.
   *
   * @throws IllegalArgumentException unless 1..{@link #size()}
   */
  default Dataset first(int samples) {
    return samples == size() ? this : new FirstSamples(this, samples);
  }
}

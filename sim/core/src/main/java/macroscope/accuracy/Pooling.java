package macroscope.accuracy;

import java.util.Arrays;

/** How the vectors of a text's tokens become one, of length 1. */
public enum Pooling {
  /** The mean over all tokens, as sentence-transformers' encoders were trained. */
  MEAN,
  /** The vector of the first token, as BGE's encoders were trained (arXiv 2309.07597). */
  FIRST;

  /** The embedding of one text from the vectors of its tokens; a single vector is only normalized. */
  double[] of(double[] x, int channels) {
    double[] pooled = Arrays.copyOf(x, channels);
    int tokens = x.length / channels;
    if (this == MEAN) {
      for (int i = channels; i < x.length; i++) {
        pooled[i % channels] += x[i];
      }
    }
    double norm = 0;
    for (int c = 0; c < channels; c++) {
      pooled[c] /= this == MEAN ? tokens : 1;
      norm += pooled[c] * pooled[c];
    }
    double length = Math.sqrt(norm);
    return Arrays.stream(pooled).map(v -> v / length).toArray();
  }
}

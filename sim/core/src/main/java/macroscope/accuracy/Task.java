package macroscope.accuracy;

/** What a network is asked, and so how its answers are judged. */
public enum Task {
  /** One class for a sample; logits are [batch, classes]. */
  CLASSIFICATION("images"),
  /** The next character or token at every position of a window; logits are [batch, positions, vocabulary]. */
  LANGUAGE_MODEL("windows of text"),
  /** The text that belongs to another; token vectors are [batch, tokens, channels]. */
  RETRIEVAL("texts"),
  /** Real numbers for a sample. */
  REGRESSION("samples");

  private final String samples;

  Task(String samples) {
    this.samples = samples;
  }

  /** What samples are, as reports name them. */
  public String samples() {
    return samples;
  }
}

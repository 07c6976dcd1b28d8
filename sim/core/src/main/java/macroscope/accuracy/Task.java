package macroscope.accuracy;

/** What a network is asked, and so how its answers are judged. */
public enum Task {
  /** One class for an image; logits are [batch, classes]. */
  CLASSIFICATION,
  /** The next character at every position of a window; logits are [batch, positions, vocabulary]. */
  LANGUAGE_MODEL
}

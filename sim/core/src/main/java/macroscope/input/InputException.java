package macroscope.input;

/** A mistake in what the user gave, told as the place where it stands and the rule it breaks. */
public final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String place;
  private final String rule;

  /**
   * @param place where the mistake stands: a file with line and key, or an option
   * @param rule what is allowed there and what was found: {@code bits must be 1..40: 57}
   */
  public InputException(String place, String rule) {
    super(place + ": " + rule);
    this.place = place;
    this.rule = rule;
  }

  /** As {@link #InputException(String, String)}, for a mistake that another exception revealed. */
  public InputException(String place, String rule, Throwable cause) {
    super(place + ": " + rule, cause);
    this.place = place;
    this.rule = rule;
  }

  /** Where the mistake stands. */
  public String place() {
    return place;
  }

  /** The rule that is broken, and by what. */
  public String rule() {
    return rule;
  }
}

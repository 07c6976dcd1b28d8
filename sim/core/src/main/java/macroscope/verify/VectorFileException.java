package macroscope.verify;

import org.jspecify.annotations.Nullable;

/** A vector file that cannot be replayed: where, and which rule it breaks. */
public final class VectorFileException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String place;
  private final String rule;

  VectorFileException(String place, String rule) {
    this(place, rule, null);
  }

  VectorFileException(String place, String rule, @Nullable Throwable cause) {
    super(place + ": " + rule, cause);
    this.place = place;
    this.rule = rule;
  }

  /** The file, and inside it line and column. */
  public String place() {
    return place;
  }

  /** What must stand there, and what does. */
  public String rule() {
    return rule;
  }
}

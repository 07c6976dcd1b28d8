package macroscope.format;

/** A name that no format, or more than one, answers to. The message says what would do instead. */
public final class UnknownFormatException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  UnknownFormatException(String message) {
    super(message);
  }
}

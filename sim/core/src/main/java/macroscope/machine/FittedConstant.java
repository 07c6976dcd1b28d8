package macroscope.machine;

/**
 * A number of a machine that measured times decide, and where it may lie.
 *
 * @param name its key in the machine's file
 * @param value what the machine has now
 * @param least smallest value that makes sense, above 0
 * @param greatest largest value that makes sense
 */
public record FittedConstant(String name, double value, double least, double greatest) {

  public FittedConstant {
    if (!(least > 0 && least <= value && value <= greatest)) {
      throw new IllegalArgumentException(
          name + " must be " + least + ".." + greatest + ": " + value);
    }
  }
}

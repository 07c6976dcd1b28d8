package macroscope.tensor;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import macroscope.hardware.Widths;

/**
 * So many of every so many blocks, {@code 1of4}: of a matrix those with the largest magnitudes, rounded
 * up to whole blocks.
 *
 * @param high blocks that are chosen, 0 to {@code of}
 * @param of blocks that they are chosen from
 */
public record BlockShare(int high, int of) implements BlockChoice {

  private static final Pattern NAME = Pattern.compile("(\\d{1,3})of(\\d{1,3})");

  public BlockShare {
    Widths.inRange("blocks of a share", of, 1, 256);
    Widths.inRange("blocks of more bits", high, 0, of);
  }

  /** Whether a name has the shape of one. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * The share of a name.
   *
   * @throws IllegalArgumentException if it is none, or its numbers are out of range
   */
  public static BlockShare parse(String name) {
    Matcher m = NAME.matcher(name);
    if (!m.matches()) {
      throw new IllegalArgumentException("a share of blocks is <high>of<all>, as in 1of4: " + name);
    }
    return new BlockShare(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)));
  }

  /** As {@link #parse} reads it. */
  public String name() {
    return high + "of" + of;
  }

  @Override
  public int count(int blocks) {
    return Math.toIntExact(((long) blocks * high + of - 1) / of);
  }

  /** Of equal ones the first. */
  @Override
  public Set<Integer> chosen(double[] magnitudes) {
    Set<Integer> chosen = new LinkedHashSet<>();
    IntStream.range(0, magnitudes.length)
        .boxed()
        .sorted((x, y) -> Double.compare(magnitudes[y], magnitudes[x]))
        .limit(count(magnitudes.length))
        .forEach(chosen::add);
    return chosen;
  }
}

package macroscope.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import macroscope.format.IntegerFormat;

/** Schemes of {@link Coding.MixedBlocks}: {@code fmpq128:1of4:sorted}. */
final class MixedBlockSchemes {

  private static final Pattern HEAD = Pattern.compile("fmpq(\\d{1,5})(?:_(\\d{1,2})_(\\d{1,2}))?");
  private static final Pattern LISTED = Pattern.compile("blocks\\d{1,6}(_\\d{1,6})*");
  private static final int LOW_BITS = 4;
  private static final int HIGH_BITS = 8;

  /** One scale for a block of channels, whatever the number of tokens. */
  private static final int ALL_ROWS = 1 << 30;

  private MixedBlockSchemes() {}

  static boolean is(String scheme) {
    return HEAD.matcher(scheme.split(":", 2)[0]).matches();
  }

  /**
   * @param scheme in lower case, for which {@link #is} holds
   * @throws IllegalArgumentException naming the part that is wrong and what it may be
   */
  static TensorFormat parse(String scheme) {
    List<String> parts = List.of(scheme.split(":", -1));
    try {
      return parse(scheme, parts.get(0), parts.subList(1, parts.size()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("scheme " + scheme + ": " + e.getMessage(), e);
    }
  }

  private static TensorFormat parse(String scheme, String head, List<String> parts) {
    Matcher m = HEAD.matcher(head);
    if (!m.matches()) {
      throw new IllegalArgumentException("must begin with fmpq<block>: " + head);
    }
    int block = Integer.parseInt(m.group(1));
    IntegerFormat low = integer(number(m.group(2), LOW_BITS));
    IntegerFormat high = integer(number(m.group(3), HIGH_BITS));
    if (parts.isEmpty()) {
      throw new IllegalArgumentException(
          "needs the blocks of more bits: " + head + ":1of4 or " + head + ":blocks0_2");
    }
    boolean sorted = false;
    Extent extent = new Extent.Group(block);
    for (String part : parts.subList(1, parts.size())) {
      switch (part) {
        case "sorted" -> sorted = true;
        case "token" -> extent = new Extent.Group(block);
        case "tensor" -> extent = new Extent.Tile(ALL_ROWS, block);
        default ->
            throw new IllegalArgumentException(
                "after the blocks may follow sorted, token, tensor: " + part);
      }
    }
    ScaleLevel level = new ScaleLevel(extent, Optional.empty(), ScaleRule.ABSMAX);
    Coding coding =
        new Coding.MixedBlocks(low, block, choice(parts.get(0)), sorted, Optional.empty());
    return new TensorFormat(scheme, high, List.of(level), coding);
  }

  private static int number(String digits, int otherwise) {
    return Optional.ofNullable(digits).map(Integer::valueOf).orElse(otherwise);
  }

  private static IntegerFormat integer(int bits) {
    return new IntegerFormat("int" + bits + "sym", bits, true, true, 0);
  }

  private static BlockChoice choice(String part) {
    if (BlockShare.isName(part)) {
      return BlockShare.parse(part);
    }
    if (!LISTED.matcher(part).matches()) {
      throw new IllegalArgumentException(
          "blocks of more bits must be a share, 1of4, or a list, blocks0_2: " + part);
    }
    String numbers = part.substring("blocks".length());
    return new BlockChoice.Listed(Arrays.stream(numbers.split("_")).map(Integer::valueOf).toList());
  }
}

package macroscope.unit;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import macroscope.format.FloatFormat;
import macroscope.format.IntegerFormat;
import macroscope.format.RoundingMode;

/**
 * A row of the table of instructions.
 *
 * <p>{@code k} is what a pass of the unit adds; {@code k_step} and {@code k_most} say which products
 * the instruction takes where that is not k alone. {@code scale} and {@code block} are the type and
 * extent of its scales. The other parameters are those of the family's record.
 *
 * @param fields by column
 */
record InstructionRow(Map<String, String> fields) {

  Instruction instruction() {
    return new Instruction(
        text("vendor"),
        text("arch"),
        text("instruction"),
        type("a"),
        type("b"),
        type("c"),
        type("d"),
        has("scale") ? Optional.of(scale()) : Optional.empty(),
        new InstructionDepth(number("k_step", "k"), number("k_most", "k")),
        unit(),
        text("source"));
  }

  private UnitSpec unit() {
    String name = Instruction.name(text("vendor"), text("arch"), text("instruction"));
    return switch (text("family")) {
      case "fused-dot" -> fusedDot(name);
      case "interleaved-dot" ->
          new InterleavedDotSpec(
              name,
              floats("a"),
              floats("b"),
              floats("d"),
              number("k"),
              number("kept_fraction_bits"),
              RoundingMode.valueOf(text("final_rounding")));
      case "block-scaled-dot" ->
          new BlockScaledDotSpec(fusedDot(name), floats("scale"), number("block"));
      case "scaled-group-dot" ->
          new ScaledGroupDotSpec(
              name,
              floats("a"),
              floats("b"),
              floats("scale"),
              floats("d"),
              number("k"),
              number("group"),
              number("block"),
              number("kept_fraction_bits"),
              RoundingMode.valueOf(text("final_rounding")));
      case "pairwise-dot" ->
          new PairwiseDotSpec(
              name, floats("a"), floats("b"), number("k"), number("group"), variant("flushing"));
      case "two-level-dot" ->
          new TwoLevelDotSpec(
              name,
              floats("a"),
              floats("b"),
              number("k"),
              number("group"),
              variant("even_odd") ? 2 : 1);
      case "vector-fma" -> vectorFma(name);
      case "integer-mac" ->
          new IntegerMacSpec(
              name,
              (IntegerFormat) type("a").format(),
              (IntegerFormat) type("b").format(),
              number("k"),
              type("d").format().bits(),
              variant("saturating"));
      case "fma-chain" -> new FmaChainSpec(name, floats("d"), number("k"));
      default -> throw new IllegalArgumentException("unknown family: " + text("family"));
    };
  }

  private VectorFmaSpec vectorFma(String name) {
    String[] words = text("variant").split(" ");
    return new VectorFmaSpec(
        name,
        floats("a"),
        floats("d"),
        number("k"),
        VectorFmaSpec.Order.valueOf(words[0]),
        words.length == 2 && words[1].equals("flushing"));
  }

  private FusedDotSpec fusedDot(String name) {
    return new FusedDotSpec(
        name,
        floats("a"),
        floats("b"),
        floats("d"),
        number("k"),
        number("group"),
        number("kept_fraction_bits"),
        RoundingMode.valueOf(text("final_rounding")),
        number("output_fraction_bits"));
  }

  private BlockScale scale() {
    return new BlockScale(type("scale"), number("block"));
  }

  /** Whether the family is used in its variant of this name. */
  private boolean variant(String name) {
    if (has("variant") && !text("variant").equals(name)) {
      throw new IllegalArgumentException("unknown variant: " + text("variant"));
    }
    return has("variant");
  }

  private String text(String column) {
    return Objects.requireNonNull(fields.get(column), column);
  }

  private boolean has(String column) {
    return !text(column).isEmpty();
  }

  private int number(String column) {
    return Integer.parseInt(text(column));
  }

  private int number(String column, String otherwise) {
    return number(has(column) ? column : otherwise);
  }

  private RegisterType type(String column) {
    return RegisterType.of(text(column));
  }

  private FloatFormat floats(String column) {
    return (FloatFormat) type(column).format();
  }
}

package macroscope.unit;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import macroscope.format.FloatFormat;
import macroscope.format.IntegerFormat;
import macroscope.format.RoundingMode;
import macroscope.tensor.Sparsity;

/**
 * A row of the table of instructions.
 *
 * <p>{@code k} is what a pass of the unit adds; {@code k_step} and {@code k_most} say which products
 * the instruction takes where that is not k alone, as in sparse ones: their k are kept products. {@code scale} and {@code block} are the type and
 * extent of its scales. {@code truncation}, {@code subnormals}, {@code nan} and {@code addend} are its
 * {@link UnitRules}: a row must state what the unit of its parameters does. The other parameters are
 * those of the family's record.
 *
 * @param fields by column
 */
record InstructionRow(Map<String, String> fields) {

  /**
   * The instruction of the row.
   *
   * @throws IllegalArgumentException if a rule or a parameter is not one that its family has
   */
  Instruction instruction() {
    UnitSpec unit = unit();
    requireRules(unit);
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
        unit,
        text("source"));
  }

  private void requireRules(UnitSpec unit) {
    UnitRules stated =
        new UnitRules(
            Stream.of(text("truncation").split(" "))
                .filter(word -> !word.isEmpty())
                .map(RoundingMode::valueOf)
                .toList(),
            UnitRules.Subnormals.valueOf(text("subnormals")),
            UnitRules.NanRule.valueOf(text("nan")),
            UnitRules.AddendRule.valueOf(text("addend")));
    if (!stated.equals(UnitRules.of(unit))) {
      throw new IllegalArgumentException(
          unit.name()
              + ": rules must be those of the family, "
              + UnitRules.of(unit)
              + ": "
              + stated);
    }
  }

  private UnitSpec unit() {
    String name = Instruction.name(text("vendor"), text("arch"), text("instruction"));
    requireRounding(name);
    UnitSpec dense = dense(name);
    return has("sparsity")
        ? new SparseDotSpec(name, dense, Sparsity.parse(text("sparsity")), SparseDotSpec.Side.LEFT)
        : dense;
  }

  private UnitSpec dense(String name) {
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
              name, floats("a"), floats("b"), number("k"), number("group"), flushing());
      case "two-level-dot" -> twoLevelDot(name);
      case "vector-fma" -> vectorFma(name);
      case "integer-mac" ->
          new IntegerMacSpec(
              name,
              (IntegerFormat) type("a").format(),
              (IntegerFormat) type("b").format(),
              number("k"),
              type("d").format().bits(),
              variant("saturating"));
      case "binary-mac" ->
          new BinaryMacSpec(
              name,
              BinaryMacSpec.Operation.valueOf(text("variant").toUpperCase(Locale.ROOT)),
              number("k"),
              type("d").format().bits());
      case "fma-chain" -> new FmaChainSpec(name, floats("d"), number("k"));
      default -> throw new IllegalArgumentException("unknown family: " + text("family"));
    };
  }

  /** Families whose records have no rounding round to nearest even; integers do not round. */
  private void requireRounding(String name) {
    String only =
        switch (text("family")) {
          case "pairwise-dot", "two-level-dot", "vector-fma", "fma-chain" -> "TIES_TO_EVEN";
          case "integer-mac", "binary-mac" -> "";
          default -> text("final_rounding");
        };
    if (!text("final_rounding").equals(only)) {
      throw new IllegalArgumentException(
          name + ": final rounding must be '" + only + "': " + text("final_rounding"));
    }
  }

  private TwoLevelDotSpec twoLevelDot(String name) {
    if (number("kept_fraction_bits") != TwoLevelDotSpec.PRODUCT_FRACTION_BITS) {
      throw new IllegalArgumentException(
          name
              + ": kept fraction bits must be "
              + TwoLevelDotSpec.PRODUCT_FRACTION_BITS
              + ": "
              + text("kept_fraction_bits"));
    }
    int lanes = variant("even_odd") ? 2 : 1;
    return new TwoLevelDotSpec(name, floats("a"), floats("b"), number("k"), number("group"), lanes);
  }

  private VectorFmaSpec vectorFma(String name) {
    return new VectorFmaSpec(
        name,
        floats("a"),
        floats("d"),
        number("k"),
        VectorFmaSpec.Order.valueOf(text("variant")),
        flushing());
  }

  private boolean flushing() {
    return text("subnormals").equals(UnitRules.Subnormals.FLUSHED.name());
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
        number("output_fraction_bits"),
        Alignment.USUAL.truncating(RoundingMode.valueOf(text("truncation"))));
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

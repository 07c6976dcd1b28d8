package macroscope.unit;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.IntegerFormat;
import macroscope.hardware.Component.Adder;
import macroscope.hardware.Component.Register;
import macroscope.hardware.Inventory;
import macroscope.hardware.InventoryBuilder;
import macroscope.hardware.Pipeline;
import macroscope.hardware.Role;
import macroscope.tensor.BlockShare;
import macroscope.tensor.Coding;
import macroscope.tensor.ScaleLevel;
import macroscope.tensor.TensorFormat;

/**
 * A unit with what it takes to serve operands of given formats: beside the unit, the scale step that
 * {@link ScaledGemm} computes for each group of K whose scale differs.
 *
 * <p>A scale for each row or for the whole matrix is applied once an output, thousands of products
 * apart, by whatever writes results back; it is not charged to the unit. A scale for each group of K
 * is applied while products stream through, so its hardware stands beside every unit: the partial sum
 * becomes a float, the two scales are multiplied, and one binary32 fused multiply-add promotes it. If
 * all group scales are powers of two (E8M0), exponents are added instead and the promotion is an
 * addition. A unit that applies scales of groups itself ({@link ScaleSupport}) has them in its own bill.
 *
 * @param unit the unit
 * @param a format of the left operand
 * @param b format of the right operand
 */
public record ScaledDatapath(DotProductUnit<?> unit, TensorFormat a, TensorFormat b) {

  /** A row longer than any: a scale whose run is shorter changes along K. */
  private static final int ENDLESS = Integer.MAX_VALUE;

  /**
   * @throws IllegalArgumentException if a scale group and a pass of the unit do not fit each other:
   *     one must divide the other, and a group that is shorter needs a unit that takes a pass a cycle
   */
  public ScaledDatapath {
    requireBlocks(unit, a);
    groupLength(unit, a, b)
        .ifPresent(
            group -> {
              int length = unit.runLength();
              if (group % length != 0 && length % group != 0) {
                throw new IllegalArgumentException(
                    "a scale group of "
                        + group
                        + " and a pass of "
                        + length
                        + " products do not divide each other");
              }
              if (group < length && unit.pipeline().initiationInterval() > 1) {
                throw new IllegalArgumentException(
                    "a scale group of "
                        + group
                        + " cuts a pass of "
                        + length
                        + " products that takes several cycles");
              }
            });
  }

  /** Refuses activations of other blocks than the unit was made for, whose time and work it states. */
  private static void requireBlocks(DotProductUnit<?> unit, TensorFormat a) {
    if (unit.spec() instanceof MixedBlocksSpec spec) {
      boolean fits =
          a.coding() instanceof Coding.MixedBlocks blocks
              && blocks.block() == spec.block()
              && (!(blocks.choice() instanceof BlockShare) || blocks.choice().equals(spec.share()));
      if (!fits) {
        throw new IllegalArgumentException(
            "activations must have blocks of "
                + spec.block()
                + " of two widths, "
                + spec.share().name()
                + " of more bits: "
                + a.name());
      }
    }
  }

  /**
   * Products a pass adds: those of the unit, or one scale group where that is shorter than what the
   * unit adds at once.
   */
  public int length() {
    int group = groupLength(unit, a, b).orElse(unit.length());
    return group < unit.runLength() ? group : unit.length();
  }

  /** The unit's pipeline, with a stage for the scale step if there is one. */
  public Pipeline pipeline() {
    Pipeline own = unit.pipeline();
    if (groupLength(unit, a, b).isEmpty()) {
      return own;
    }
    List<String> stages = new ArrayList<>(own.stages());
    stages.add("scale");
    return new Pipeline(stages, own.initiationInterval());
  }

  /** The unit's bill of materials and that of the scale step. */
  public Inventory inventory() {
    OptionalInt group = groupLength(unit, a, b);
    Inventory own = unit.inventory();
    if (group.isEmpty()) {
      return own;
    }
    return new Inventory(
        Stream.concat(own.lines().stream(), scaleStep(group.getAsInt()).lines().stream()).toList());
  }

  private Inventory scaleStep(int group) {
    FloatFormat real = (FloatFormat) Formats.canonical("binary32");
    InventoryBuilder parts = new InventoryBuilder().working(length(), group);
    if (unit.accumulatorFormat() instanceof IntegerFormat integers) {
      int rounded = FloatWidths.significand(real);
      FloatParts.normaliser(
          parts, Role.QUANTIZER, "partial sum to float", integers.bits(), real, rounded, 1);
    }
    boolean weights = unit.scaleSupport().right() == ScaleSupport.Share.NOTHING;
    if (powersOfTwo(a) && (powersOfTwo(b) || !weights)) {
      parts.add(Role.QUANTIZER, "scale exponents", new Adder(real.exponentBits() + 1), 2);
      FloatParts.adder(parts, Role.QUANTIZER, "scaled sum", real, 1);
    } else {
      FloatParts.multiplier(parts, Role.QUANTIZER, "product of scales", real, 1);
      FloatParts.fusedMultiplyAdd(
          parts, Role.QUANTIZER, Role.QUANTIZER, Role.QUANTIZER, "scaled sum", real, 1);
    }
    parts.add(
        Role.STORAGE,
        "scale registers",
        new Register(groupScaleBits(a) + (weights ? groupScaleBits(b) : 0)));
    parts.add(Role.ACCUMULATOR, "scaled sum register", new Register(real.bits()));
    return parts.build();
  }

  /** Shortest scale group of either operand that the unit leaves to the scale step. */
  private static OptionalInt groupLength(DotProductUnit<?> unit, TensorFormat a, TensorFormat b) {
    ScaleSupport applied = unit.scaleSupport();
    return Stream.concat(remaining(applied.left(), a), remaining(applied.right(), b))
        .filter(ScaledDatapath::changesAlongK)
        .mapToInt(level -> level.extent().run(ENDLESS))
        .min();
  }

  /** The levels of an operand that the unit does not apply anything of. */
  private static Stream<ScaleLevel> remaining(ScaleSupport.Share applied, TensorFormat format) {
    return applied == ScaleSupport.Share.NOTHING ? format.levels().stream() : Stream.empty();
  }

  /** Whether the scale of a group is a power of two; an operand without groups does not matter. */
  private static boolean powersOfTwo(TensorFormat format) {
    boolean grouped = groupScaleBits(format) > 0;
    return !grouped
        || format.levels().stream()
            .allMatch(level -> level.format().filter(ScaledDatapath::isPowerOfTwo).isPresent());
  }

  private static boolean changesAlongK(ScaleLevel level) {
    return level.extent().run(ENDLESS) < ENDLESS;
  }

  private static boolean isPowerOfTwo(Object format) {
    return format instanceof FloatFormat scale && scale.fractionBits() == 0 && !scale.subnormals();
  }

  private static int groupScaleBits(TensorFormat format) {
    return format.levels().stream()
        .filter(ScaledDatapath::changesAlongK)
        .mapToInt(ScaleLevel::bits)
        .sum();
  }
}

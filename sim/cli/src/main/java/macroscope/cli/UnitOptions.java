package macroscope.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import macroscope.unit.DequantizedSpec;
import macroscope.unit.MixedBlocksSpec;
import macroscope.unit.PipelinedSpec;
import macroscope.unit.PromotedSpec;
import macroscope.unit.SparseDotSpec;
import macroscope.unit.UnitSpec;

/** What {@code units} says of options around a unit. */
final class UnitOptions {

  private static final int FAMILY = 0;
  private static final int A = 1;
  private static final int B = 2;
  private static final int ACCUMULATOR = 3;
  private static final int LENGTH = 4;

  private UnitOptions() {}

  /**
   * The columns of a unit with an option.
   *
   * @param base those of the unit without it
   */
  static List<Object> parameters(UnitSpec spec, List<Object> base) {
    List<Object> row = new ArrayList<>(base);
    if (spec instanceof PromotedSpec s) {
      row.set(FAMILY, base.get(FAMILY) + ", promoted every " + s.interval());
      row.set(ACCUMULATOR, "binary32");
    } else if (spec instanceof PipelinedSpec s) {
      row.set(FAMILY, base.get(FAMILY) + ", " + s.stages() + " stages");
    } else if (spec instanceof SparseDotSpec s) {
      int sparse = s.side() == SparseDotSpec.Side.LEFT ? A : B;
      row.set(FAMILY, base.get(FAMILY) + ", sparse");
      row.set(sparse, base.get(sparse) + " " + s.sparsity().name());
      int kept = Integer.parseInt(base.get(LENGTH).toString());
      row.set(LENGTH, kept / s.sparsity().kept() * s.sparsity().group());
    } else if (spec instanceof DequantizedSpec s) {
      row.set(FAMILY, base.get(FAMILY) + ", dequantized");
      row.set(B, s.weights().name() + " to " + base.get(B));
    } else if (spec instanceof MixedBlocksSpec s) {
      row.set(FAMILY, base.get(FAMILY) + ", blocks of " + s.block() + ", " + s.share().name());
      row.set(A, s.wide().name() + " and " + s.narrow().name());
      row.set(LENGTH, s.block() * s.share().of());
    }
    return row;
  }

  /** What the option does, before what the unit does. */
  static String arithmetic(UnitSpec spec) {
    if (spec instanceof PromotedSpec s) {
      return "Every "
          + s.interval()
          + " products, added from zero, a sum is promoted: added to a binary32 accumulator,"
          + " rounded to nearest even.\n"
          + "Within these:\n";
    }
    if (spec instanceof PipelinedSpec s) {
      return "Cut into " + s.stages() + " stages; bits are those of the unit without them:\n";
    }
    if (spec instanceof SparseDotSpec s) {
      return "Of every "
          + s.sparsity().group()
          + " elements along K of the "
          + s.side().name().toLowerCase(Locale.ROOT)
          + " operand at most "
          + s.sparsity().kept()
          + (s.sparsity().cell() == 2 ? ", in pairs," : "")
          + " are not zero; metadata select what meets them.\nNo outside vectors exist: the rule of"
          + " the dense unit is assumed for what is kept:\n";
    }
    if (spec instanceof MixedBlocksSpec s) {
      return mixed(s);
    }
    return spec instanceof DequantizedSpec s ? dequantized(s) : "";
  }

  private static String mixed(MixedBlocksSpec s) {
    return "Activations come in blocks of "
        + s.block()
        + " channels: "
        + s.wide().name()
        + " ("
        + s.share().name()
        + "), whose sums are those of the unit below,\nand "
        + s.narrow().name()
        + ", whose sums are those of "
        + s.low().name()
        + ". Sums of blocks are exact; scales come after them, in binary32.\n";
  }

  private static String dequantized(DequantizedSpec s) {
    String operand = s.operand().name();
    String scales =
        switch (s.scale()) {
          case BEFORE -> "times their scale in " + operand + ", rounded to nearest even";
          case GROUPS_BEFORE ->
              "times the scale of their group in "
                  + operand
                  + ", rounded to nearest even; scales of rows and of the tensor come after the products";
          case AFTER -> "without their scales, which come after the products in binary32";
        };
    String zero =
        s.zero() == DequantizedSpec.Zero.FUSED
            ? "The product of zero point and scale is rounded and added in a fused multiply-add.\n"
            : "Zero points are subtracted first, exactly.\n";
    return "Weights of "
        + s.weights().name()
        + " become "
        + operand
        + ", "
        + scales
        + ".\n"
        + zero
        + "Then:\n";
  }
}

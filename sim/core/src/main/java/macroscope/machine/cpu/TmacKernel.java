package macroscope.machine.cpu;

import static macroscope.machine.cpu.Operation.ADD;
import static macroscope.machine.cpu.Operation.AVERAGE;
import static macroscope.machine.cpu.Operation.BROADCAST;
import static macroscope.machine.cpu.Operation.CONVERT;
import static macroscope.machine.cpu.Operation.EXTRACT;
import static macroscope.machine.cpu.Operation.INSERT;
import static macroscope.machine.cpu.Operation.LOAD;
import static macroscope.machine.cpu.Operation.LOGIC;
import static macroscope.machine.cpu.Operation.LOOKUP;
import static macroscope.machine.cpu.Operation.MULTIPLY_ADD;
import static macroscope.machine.cpu.Operation.SHIFT;
import static macroscope.machine.cpu.Operation.WIDEN;
import static macroscope.machine.cpu.Operation.WIDENING_ADD;

import java.util.Optional;
import macroscope.hardware.Widths;

/**
 * T-MAC's lookup-table kernel (microsoft/T-MAC 7042f8f, {@code tbl.cc}): an iteration looks 32 rows of
 * one bit up in {@code kfactor} tables of four activations. Each table is loaded, as are 16 bytes of
 * indices, which are masked and shifted apart; the looked-up bytes are widened and added, or averaged
 * pairwise; every {@code actK} tables the sums become floats and are scaled.
 *
 * <p>Instructions are those that clang 14 makes of it at {@code -O3}, for {@code kfactor = actK = 16}:
 * on AVX2 219 without and 157 with fast aggregation, on NEON 151 on the vector pipes without; other
 * parameters follow from the loop. A zero point is another plane of the activations' sums that the
 * scaling adds, outside the loop.
 *
 * @param bits bits of a weight, 1..4
 * @param kfactor tables of an iteration, 8 or 16 in T-MAC
 * @param actK tables that share a scale of activations, a divisor of {@code kfactor}
 * @param fastAggregation whether bytes are averaged in place of widened
 * @param unifiedScale whether sums stay integers: one scale for all activations
 * @param rolledTree whether the compiler left the loop over tables a loop, with branches on the place in
 *     the tree of averages, as gcc 12 does and clang does not; without meaning unless bytes are averaged
 */
public record TmacKernel(
    int bits,
    int kfactor,
    int actK,
    boolean fastAggregation,
    boolean unifiedScale,
    boolean rolledTree)
    implements Kernel {

  /**
   * Scalar instructions, moves and taken branches of a table where the tree is rolled: an own re-creation
   * of the loop, compiled by gcc 12.2 at {@code -O3} and run under callgrind, has 463 instructions and 62
   * taken branches for 16 tables, 301 beyond the vector instructions that are counted here.
   */
  private static final KernelWork.Control OF_A_TABLE =
      new KernelWork.Control(301 / 16.0, 62 / 16.0);

  private static final int ROWS = 32;
  private static final int INPUTS = 4;

  /** Weights that share a scale, which is binary32 on AVX2 and binary16 on NEON. */
  private static final double GROUP = 128;

  /** As clang compiles it. */
  public TmacKernel(
      int bits, int kfactor, int actK, boolean fastAggregation, boolean unifiedScale) {
    this(bits, kfactor, actK, fastAggregation, unifiedScale, false);
  }

  public TmacKernel {
    Widths.inRange("weight bits", bits, 1, 4);
    Widths.inRange("tables of an iteration", kfactor, 1, 64);
    Widths.inRange("tables that share a scale", actK, 1, kfactor);
    if (kfactor % actK != 0) {
      throw new IllegalArgumentException(
          "tables that share a scale must divide " + kfactor + ": " + actK);
    }
  }

  @Override
  public Optional<KernelWork> work(CpuCore core, int rows, int depth) {
    double weights = (double) rows * depth;
    double iterations =
        Math.ceil((double) rows * bits / ROWS) * Math.ceil((double) depth / (INPUTS * kfactor));
    double scaleBits = core.has(InstructionSet.NEON) ? 16 : 32;
    double bytes = weights * (bits + scaleBits / GROUP) / 8;
    Optional<InstructionMix> loop =
        core.has(InstructionSet.AVX2)
            ? Optional.of(avx2())
            : core.has(InstructionSet.NEON) ? Optional.of(neon()) : Optional.empty();
    int trees = core.has(InstructionSet.AVX2) ? 1 : 2;
    return loop.map(mix -> new KernelWork(mix, iterations, 0, bytes, control(trees)));
  }

  /** NEON has a tree for each half of the rows. */
  private KernelWork.Control control(int trees) {
    return fastAggregation && rolledTree
        ? new KernelWork.Control(
            trees * kfactor * OF_A_TABLE.instructions(),
            trees * kfactor * OF_A_TABLE.takenBranches())
        : KernelWork.Control.NONE;
  }

  private int groups() {
    return kfactor / actK;
  }

  /** 32 bytes a table: two masks, a shift, and the upper half put beside the lower. */
  InstructionMix avx2() {
    InstructionMix mix =
        InstructionMix.none()
            .plus(LOAD, 2 * kfactor + 10 * groups())
            .plus(LOGIC, 2 * kfactor)
            .plus(SHIFT, kfactor)
            .plus(INSERT, kfactor)
            .plus(LOOKUP, kfactor);
    if (fastAggregation) {
      return mix.plus(AVERAGE, kfactor - groups())
          .plus(WIDEN, 6 * groups())
          .plus(EXTRACT, 3 * groups())
          .plus(CONVERT, 4 * groups())
          .plus(MULTIPLY_ADD, 8 * groups())
          .plus(ADD, 2 * groups())
          .plus(BROADCAST, 2 * groups());
    }
    InstructionMix sums =
        mix.plus(WIDEN, 2 * kfactor + 4 * groups())
            .plus(EXTRACT, kfactor + 2 * groups())
            .plus(ADD, 2 * kfactor - 2 * groups());
    return unifiedScale
        ? sums.plus(ADD, 4 * groups())
        : sums.plus(CONVERT, 4 * groups()).plus(MULTIPLY_ADD, 8 * groups());
  }

  /** Two vectors of 16 bytes a table; the sums of halves are scaled in binary16. */
  InstructionMix neon() {
    InstructionMix mix =
        InstructionMix.none()
            .plus(LOAD, 2 * kfactor + 10 * groups())
            .plus(LOGIC, kfactor + 1)
            .plus(SHIFT, kfactor)
            .plus(LOOKUP, 2 * kfactor);
    if (fastAggregation) {
      return mix.plus(AVERAGE, 2 * kfactor - 2 * groups())
          .plus(WIDEN, 8 * groups())
          .plus(CONVERT, 8 * groups())
          .plus(MULTIPLY_ADD, 12 * groups())
          .plus(ADD, 8 * groups());
    }
    InstructionMix sums =
        mix.plus(WIDENING_ADD, 3 * kfactor - 2 * groups()).plus(ADD, kfactor + groups());
    return unifiedScale
        ? sums.plus(ADD, 8 * groups()).plus(WIDEN, 8 * groups())
        : sums.plus(CONVERT, 4 * groups())
            .plus(MULTIPLY_ADD, 12 * groups())
            .plus(WIDEN, 7 * groups());
  }
}

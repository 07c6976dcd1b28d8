package macroscope.tensor;

import java.util.List;
import java.util.Set;
import macroscope.hardware.Widths;

/** Which blocks of channels have more bits than the others. */
public sealed interface BlockChoice permits BlockShare, BlockChoice.Listed {

  /** How many of so many blocks. */
  int count(int blocks);

  /**
   * The blocks, counted from 0.
   *
   * @param magnitudes largest magnitude of each block
   * @throws IllegalArgumentException if one is asked for that the matrix does not have
   */
  Set<Integer> chosen(double[] magnitudes);

  /**
   * Blocks by their numbers, the same ones of every matrix.
   *
   * @param blocks counted from 0, each once
   */
  record Listed(List<Integer> blocks) implements BlockChoice {
    public Listed {
      blocks = List.copyOf(blocks);
      blocks.forEach(block -> Widths.inRange("block", block, 0, Integer.MAX_VALUE));
      if (blocks.stream().distinct().count() != blocks.size()) {
        throw new IllegalArgumentException("a block is listed twice: " + blocks);
      }
    }

    @Override
    public int count(int blocks) {
      return (int) this.blocks.stream().filter(block -> block < blocks).count();
    }

    @Override
    public Set<Integer> chosen(double[] magnitudes) {
      blocks.forEach(block -> Widths.inRange("block", block, 0, magnitudes.length - 1));
      return Set.copyOf(blocks);
    }
  }
}

package macroscope.unit;

/**
 * The tables of a matrix of activations: for each four of them sixteen sums, quantized to int8, with
 * a scale and a bias for each activation group.
 *
 * <p>Entry {@code i} of a table stands for {@code scale * sum of (+-) activation}, plus where bit
 * {@code k} of {@code i} is set. A bias is minus the sum of the group's activations.
 *
 * @param rows M
 * @param columns K as given
 * @param tables tables of a row: padded K / 4
 * @param groups activation groups of a row
 * @param entries rows * tables * 16 entries
 * @param scales rows * groups scales, in the unit's number system
 * @param biases rows * groups biases, in the unit's number system
 */
public record ActivationTables(
    int rows, int columns, int tables, int groups, byte[] entries, float[] scales, float[] biases)
    implements LookupTableOperand {

  /** Entries of a table. */
  public static final int ENTRIES = 16;
}
